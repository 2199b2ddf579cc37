package io.muster.core.roster;

import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How a device of an enrollment proves itself.
public sealed interface Proof {

    /// The kind in words, for people.
    String words();

    /// By a certificate whose chain ends at one of these authorities (a group).
    record Authorities(List<Anchor> anchors) implements Proof {

        /// Most anchors of one enrollment.
        public static final int MAX = 16;

        public Authorities {
            anchors = List.copyOf(anchors);
        }

        @Override
        public String words() {
            return "a certificate of a registered authority";
        }
    }

    /// By the very certificate that is pinned (an individual). The secondary is for changing it.
    record Pinned(Anchor primary, Optional<Anchor> secondary) implements Proof {
        @Override
        public String words() {
            return "its pinned certificate";
        }
    }

    /// By a shared access signature. For an individual the keys are the device's own; for a group each device's key
    /// is derived: HMAC-SHA256 of the registration id under the group key. Either key is valid at any time.
    record SymmetricKeys(Secret primary, Secret secondary) implements Proof {

        /// Shortest and longest key, in bytes.
        public static final int MIN_BYTES = 16;

        public static final int MAX_BYTES = 64;

        @Override
        public String words() {
            return "a token signed with a symmetric key";
        }
    }

    /// By a token that an operator made for one registration id (a group). The key of the certificate request that
    /// comes with it becomes the identity key when the token burns.
    record OneTimeTokens() implements Proof {
        @Override
        public String words() {
            return "a one-time token";
        }
    }

    /// By a certificate that was created for it a moment ago by a device that held a claim (a group). The created
    /// certificate's key is the identity key.
    record Claims() implements Proof {
        @Override
        public String words() {
            return "a certificate that a claim created";
        }
    }

    /// By a TPM whose endorsement certificate a manufacturer signed (a group).
    ///
    /// @param anchors     the manufacturers' authorities
    /// @param revocations CRLs of theirs, DER, as an operator uploaded them
    /// @param allowed     fingerprints of endorsement keys (SHA-256 of the SPKI, hexadecimal); empty: all
    record TpmManufacturers(List<Anchor> anchors, List<Bytes> revocations, Set<String> allowed) implements Proof {

        /// Most fingerprints of one enrollment.
        public static final int MAX_ALLOWED = 100_000;

        /// Most revocation lists of one enrollment.
        public static final int MAX_REVOCATIONS = 16;

        /// The longest revocation list, in bytes.
        public static final int MAX_REVOCATION_BYTES = 1024 * 1024;

        public TpmManufacturers {
            anchors = List.copyOf(anchors);
            revocations = List.copyOf(revocations);
            allowed = Set.copyOf(allowed);
        }

        @Override
        public String words() {
            return "a TPM of a registered manufacturer";
        }
    }

    /// By the TPM with this endorsement key (an individual).
    ///
    /// @param endorsementKey SubjectPublicKeyInfo, DER
    record TpmPinned(Bytes endorsementKey) implements Proof {
        @Override
        public String words() {
            return "its own TPM";
        }
    }
}
