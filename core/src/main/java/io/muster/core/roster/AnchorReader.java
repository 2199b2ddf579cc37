package io.muster.core.roster;

import java.util.List;

/// Reads the certificates that an operator registers. Never throws on hostile text, and does bounded work.
public interface AnchorReader {

    /// Authorities: each must be allowed to sign certificates, be within its time, and have an acceptable key.
    Reading authorities(String pem);

    /// Exactly one device certificate to pin.
    Reading pinned(String pem);

    /// What came of reading.
    sealed interface Reading {

        /// @param anchors at least one
        record Read(List<Anchor> anchors) implements Reading {}

        /// @param what what is wrong, in words
        record Unreadable(String what) implements Reading {}
    }
}
