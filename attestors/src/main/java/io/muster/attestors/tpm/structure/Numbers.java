package io.muster.attestors.tpm.structure;

import java.math.BigInteger;

/// Non-negative numbers as octets.
public final class Numbers {

    private Numbers() {}

    static BigInteger of(byte[] octets) {
        return new BigInteger(1, octets);
    }

    /// The number in exactly so many octets, zeros in front.
    public static byte[] padded(BigInteger number, int bytes) {
        byte[] shortest = number.toByteArray();
        int zeros = shortest[0] == 0 ? 1 : 0;
        int length = shortest.length - zeros;
        if (number.signum() < 0 || length > bytes) {
            throw new IllegalArgumentException("a number of " + length + " bytes does not fit into " + bytes);
        }
        byte[] padded = new byte[bytes];
        System.arraycopy(shortest, zeros, padded, bytes - length, length);
        return padded;
    }
}
