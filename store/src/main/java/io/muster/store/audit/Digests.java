package io.muster.store.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What the subject of an act was and became: SHA-256 over its canonical form in lower-case hexadecimal; empty where
/// there was or is none.
public record Digests(String before, String after) {

    public static final Digests NONE = new Digests("", "");

    /// Something new.
    public static Digests born(byte[] after) {
        return new Digests("", of(after));
    }

    public static Digests born(String after) {
        return born(after.getBytes(StandardCharsets.UTF_8));
    }

    /// Something that is no more.
    public static Digests gone(byte[] before) {
        return new Digests(of(before), "");
    }

    public static Digests changed(byte[] before, byte[] after) {
        return new Digests(of(before), of(after));
    }

    public static Digests changed(String before, String after) {
        return changed(before.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8));
    }

    private static String of(byte[] canonical) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
