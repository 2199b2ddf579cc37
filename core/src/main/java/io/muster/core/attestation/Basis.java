package io.muster.core.attestation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// On what of its enrollment a proof rests: enough to tell later whether a changed enrollment would believe the same.
public sealed interface Basis {

    /// The identity key itself, or what the standing names; nothing else.
    record Itself() implements Basis {}

    /// A chain of certificates that ended at a registered authority.
    ///
    /// @param anchor  SHA-256 of the authority's certificate, lower-case hexadecimal
    /// @param issuers marks of the names of all who issued something in the chain: to an authority of another name
    ///     it leads by no way
    record Chain(String anchor, List<Integer> issuers) implements Basis {

        /// Stands for names that are not told in full.
        private static final int ANY = 0;

        private static final int LONGEST_NAME = 200;

        public Chain {
            issuers = issuers.stream().distinct().sorted().toList();
        }

        /// @param issuers names in words, as anchors have them
        public static Chain of(String anchor, Collection<String> issuers) {
            return new Chain(anchor, issuers.stream().map(Chain::mark).toList());
        }

        /// Whether the chain may lead to an authority of this name. False is certain.
        public boolean mayLeadTo(String subject) {
            int sought = mark(subject);
            return sought == ANY || issuers.contains(ANY) || issuers.contains(sought);
        }

        /// Equal for names that are the same by RFC 5280 section 7.1, and for few others.
        private static int mark(String name) {
            if (name.length() >= LONGEST_NAME) {
                return ANY;
            }
            String plain = Normalizer.normalize(name, Normalizer.Form.NFKC)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("\\s+", "");
            return sha256(plain).getInt();
        }

        private static ByteBuffer sha256(String text) {
            try {
                return ByteBuffer.wrap(
                        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    /// The very certificate that is pinned.
    ///
    /// @param certificate its SHA-256, lower-case hexadecimal
    record Pinned(String certificate) implements Basis {}

    /// A symmetric key of the enrollment version that was proved, or one derived from it.
    record SharedKey(Place place) implements Basis {

        /// Which of the two keys.
        public enum Place {
            PRIMARY,
            SECONDARY
        }
    }

    /// It was not kept: the try was deferred before it was decided.
    record Unsaid() implements Basis {}
}
