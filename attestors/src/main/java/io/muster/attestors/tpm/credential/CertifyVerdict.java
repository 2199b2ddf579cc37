package io.muster.attestors.tpm.credential;

import io.muster.attestors.tpm.structure.Certification;
import io.muster.attestors.tpm.structure.SigningKey;

/// What came of checking a certification.
public sealed interface CertifyVerdict {

    /// The TPM that holds the attestation key holds this key, too, and said so for this challenge.
    record Certified(SigningKey key, Certification certification) implements CertifyVerdict {}

    record Rejected(CertifyFinding finding) implements CertifyVerdict {}
}
