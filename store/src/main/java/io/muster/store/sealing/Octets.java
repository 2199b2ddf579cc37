package io.muster.store.sealing;

import java.util.Arrays;
import java.util.HexFormat;

/// Bytes as a value: an id, a blind index, a ciphertext. Ordered as the database orders bytea.
public final class Octets implements Comparable<Octets> {

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Takes the array over; the caller forgets it.
    public static Octets of(byte[] bytes) {
        return new Octets(bytes);
    }

    /// The array itself, for the driver and for ciphers: nobody writes to it.
    public byte[] raw() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /// The slot that the first two bytes name, for ids that carry theirs.
    public short slot() {
        return (short) (((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff));
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(Octets other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The length alone: these bytes may be a key.
    @Override
    public String toString() {
        return "Octets[" + bytes.length + "]";
    }
}
