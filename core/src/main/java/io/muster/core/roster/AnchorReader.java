package io.muster.core.roster;

import io.muster.core.device.Bytes;
import java.util.List;

/// Reads the certificates that an operator registers, and the revocation lists that go with them. Never throws on
/// hostile text, and does bounded work.
public interface AnchorReader {

    /// Authorities: each must be allowed to sign certificates, be within its time, and have an acceptable key.
    Reading authorities(String pem);

    /// Exactly one device certificate to pin.
    Reading pinned(String pem);

    /// Revocation lists, within the bounds of [Proof.TpmManufacturers]. Who signed them is not asked: a list counts
    /// where an authority of the same enrollment did, and the two may be registered one after the other.
    RevocationReading revocations(String pem);

    /// What came of reading.
    sealed interface Reading {

        /// @param anchors at least one
        record Read(List<Anchor> anchors) implements Reading {}

        /// @param what what is wrong, in words
        record Unreadable(String what) implements Reading {}
    }

    /// What came of reading revocation lists.
    sealed interface RevocationReading {

        /// @param lists DER, at least one
        record Read(List<Bytes> lists) implements RevocationReading {}

        /// @param what what is wrong, in words
        record Unreadable(String what) implements RevocationReading {}
    }
}
