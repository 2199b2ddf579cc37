package io.muster.x509.codec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Bytes that compare by value: an encoded name, key, signature or digest.
public final class Der {

    private final byte[] bytes;

    private Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /// A value of its own: the caller may go on writing to `bytes`.
    public static Der copyOf(byte[] bytes) {
        return new Der(bytes.clone());
    }

    static Der slice(byte[] source, int from, int to) {
        return new Der(Arrays.copyOfRange(source, from, to));
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /// The SHA-256 of these bytes, whole: fingerprints are never shortened.
    public Der sha256() {
        try {
            return new Der(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Der that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
