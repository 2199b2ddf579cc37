package io.muster.attestors.tpm;

import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.structure.HashAlgorithm;
import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A shared access signature that a TPM made: the fields `sr`, `sig`, `se` and `skn` joined by `&`, in any order. The
/// SDKs disagree on the order and on whether `sr` is URL-encoded.
///
/// @param signedText what the signature covers: `sr` exactly as sent, a line feed, `se` exactly as sent
/// @param resource   `sr`, URL-decoded once
/// @param signature  HMAC-SHA256
/// @param expires    from when on the token counts no more
record SignedToken(String signedText, String resource, Bytes signature, Instant expires) {

    private static final int MAX_CHARACTERS = 2_048;
    private static final int SIGNATURE_BYTES = 32;
    private static final Set<String> FIELDS = Set.of("sr", "sig", "se", "skn");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]*");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    /// What came of reading a token.
    sealed interface Outcome {

        record Understood(SignedToken token) implements Outcome {}

        /// @param what what is wrong, in words, without anything out of the token
        record Refused(String what) implements Outcome {}
    }

    /// Never throws for what is in the text.
    static Outcome read(String text) {
        if (text.length() > MAX_CHARACTERS || !PRINTABLE.matcher(text).matches()) {
            return new Outcome.Refused("it is longer than " + MAX_CHARACTERS
                    + " characters, or holds a character that must be URL-encoded");
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split("&", FIELDS.size() + 2)) {
            int equals = field.indexOf('=');
            String name = equals < 0 ? field : field.substring(0, equals);
            if (equals < 0 || !FIELDS.contains(name) || fields.put(name, field.substring(equals + 1)) != null) {
                return new Outcome.Refused("its fields are not sr, sig, se and skn, each of them once");
            }
        }
        return read(fields.getOrDefault("sr", ""), fields.getOrDefault("sig", ""), fields.getOrDefault("se", ""));
    }

    private static Outcome read(String resource, String signature, String expires) {
        if (resource.isEmpty() || !SECONDS.matcher(expires).matches()) {
            return new Outcome.Refused("sr is missing, or se is not a number of seconds");
        }
        try {
            byte[] octets = Base64.getDecoder().decode(decoded(signature));
            if (octets.length == SIGNATURE_BYTES) {
                return new Outcome.Understood(new SignedToken(
                        resource + "\n" + expires,
                        decoded(resource),
                        Bytes.of(octets),
                        Instant.ofEpochSecond(Long.parseLong(expires))));
            }
        } catch (IllegalArgumentException e) {
            return new Outcome.Refused(
                    "sig is not base64, or a percent sign is not followed by two hexadecimal digits");
        }
        return new Outcome.Refused("sig is not the base64 of " + SIGNATURE_BYTES + " bytes");
    }

    /// A plus sign stays a plus sign: it stands in base64 that somebody did not encode.
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Compares in constant time.
    boolean isSignedWith(Secret key) {
        try {
            byte[] mac =
                    Primitives.hmac(HashAlgorithm.SHA256, key.reveal(), signedText.getBytes(StandardCharsets.US_ASCII));
            return MessageDigest.isEqual(mac, signature.toArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", e);
        }
    }

    /// Letter case aside, of ASCII only: no other letter is ever the same as an ASCII letter.
    boolean isFor(String wanted) {
        return PRINTABLE.matcher(resource).matches() && resource.equalsIgnoreCase(wanted);
    }

    @Override
    public String toString() {
        return "token until " + expires;
    }
}
