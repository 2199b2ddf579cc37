package io.muster.core.access;

/// How a principal proves at the desk that it is the one.
public sealed interface ProvedBy {

    /// By a text that it was told once.
    record ApiKey() implements ProvedBy {}

    /// By a client certificate with this public key, whoever issued it and however often it is renewed.
    ///
    /// @param fingerprint SHA-256 of the SubjectPublicKeyInfo, in lower-case hexadecimal
    record ClientKey(String fingerprint) implements ProvedBy {}

    /// By exactly this client certificate.
    ///
    /// @param fingerprint SHA-256 of the certificate, in lower-case hexadecimal
    record ClientCertificate(String fingerprint) implements ProvedBy {}
}
