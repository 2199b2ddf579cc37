package io.muster.core.device;

/// The kinds of public key that Muster certifies.
public enum KeyAlgorithm {
    P256,
    P384,
    /// 2048 to 4096 bits.
    RSA,
    /// Certified, and of no use for mutual TLS at Muster's own listeners, whose TLS library does not offer it.
    ED25519
}
