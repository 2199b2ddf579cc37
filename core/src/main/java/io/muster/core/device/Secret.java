package io.muster.core.device;

import java.security.MessageDigest;

/// Key bytes that do not print. They are opened with [#reveal()], which a reviewer can search for.
public final class Secret {

    private final byte[] octets;

    private Secret(byte[] octets) {
        this.octets = octets;
    }

    /// A copy of the given key bytes.
    public static Secret of(byte[] octets) {
        return new Secret(octets.clone());
    }

    /// A copy of the key bytes.
    public byte[] reveal() {
        return octets.clone();
    }

    public int size() {
        return octets.length;
    }

    /// Compares in constant time.
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(octets, that.octets);
    }

    /// The same for every secret of a length: a hash of the bytes would say something about them.
    @Override
    public int hashCode() {
        return octets.length;
    }

    @Override
    public String toString() {
        return "secret";
    }
}
