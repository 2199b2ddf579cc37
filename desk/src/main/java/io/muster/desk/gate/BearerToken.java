package io.muster.desk.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The token that opens the desk. Only its digest is kept, so that nothing can print it, and digests are what is
/// compared, in constant time whatever the length of the guess.
public final class BearerToken {

    private static final int FEWEST_CHARACTERS = 32;

    private final byte[] digest;

    private BearerToken(byte[] digest) {
        this.digest = digest;
    }

    public static BearerToken of(String secret) {
        if (secret.length() < FEWEST_CHARACTERS) {
            throw new IllegalArgumentException("A token has at least " + FEWEST_CHARACTERS + " characters");
        }
        return new BearerToken(sha256(secret));
    }

    public boolean matches(String guess) {
        return MessageDigest.isEqual(digest, sha256(guess));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "BearerToken(not shown)";
    }
}
