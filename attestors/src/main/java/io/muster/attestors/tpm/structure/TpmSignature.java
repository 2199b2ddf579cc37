package io.muster.attestors.tpm.structure;

import io.muster.core.device.Bytes;

/// A signature as a TPM writes it (TPM 2.0 Library, Part 2, TPMT_SIGNATURE).
///
/// @param scheme how it was made
/// @param value what Java verifies: the octets of RSA, or the SEQUENCE of two INTEGERs of ECDSA (RFC 3279 section
///     2.2.3)
public record TpmSignature(SigningScheme scheme, Bytes value) {}
