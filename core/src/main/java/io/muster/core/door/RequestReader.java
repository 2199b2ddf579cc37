package io.muster.core.door;

import io.muster.core.device.Bytes;

/// Reads a certificate request (PKCS#10, RFC 2986) that an operator shows, by the rules that bind devices. Never throws
/// on hostile bytes, does bounded work, and computes no signature.
public interface RequestReader {

    /// @param der of a first enrollment
    Reading read(Bytes der);

    /// What came of reading.
    sealed interface Reading {

        record Read(CertificateRequest request) implements Reading {}

        record Unreadable(Refusal refusal) implements Reading {}
    }
}
