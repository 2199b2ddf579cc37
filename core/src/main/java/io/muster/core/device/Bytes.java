package io.muster.core.device;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// Octets as a value: immutable, equal by content, printed by length alone.
public final class Bytes {

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /// A copy of the given octets.
    public static Bytes of(byte[] octets) {
        return new Bytes(octets.clone());
    }

    public byte[] toArray() {
        return octets.clone();
    }

    /// A read-only view of the octets, for those that are too many to be copied.
    public ByteBuffer view() {
        return ByteBuffer.wrap(octets).asReadOnlyBuffer();
    }

    public int size() {
        return octets.length;
    }

    /// Lower-case hexadecimal.
    public String hex() {
        return HexFormat.of().formatHex(octets);
    }

    /// Their SHA-256, lower-case hexadecimal.
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return octets.length + " bytes";
    }
}
