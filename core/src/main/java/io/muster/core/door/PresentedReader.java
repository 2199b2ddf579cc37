package io.muster.core.door;

import io.muster.core.device.Bytes;
import java.util.List;

/// Reads what somebody presented in a TLS handshake. Never throws on hostile bytes, does bounded work, and verifies no
/// signature.
public interface PresentedReader {

    /// @param chain leaf first, DER; not empty
    Reading read(List<Bytes> chain);

    /// What came of reading.
    sealed interface Reading {

        record Read(PresentedCertificate certificate) implements Reading {}

        record Unreadable(Refusal refusal) implements Reading {}
    }
}
