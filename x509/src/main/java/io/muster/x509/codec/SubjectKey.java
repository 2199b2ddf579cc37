package io.muster.x509.codec;

import io.muster.core.device.Bytes;

/// A public key that passed the rules for keys. The same key always has the same bytes here, since no second encoding
/// of it is taken: the fingerprint identifies the key.
///
/// @param kind        what it is
/// @param spki        the SubjectPublicKeyInfo, DER
/// @param fingerprint SHA-256 of the SubjectPublicKeyInfo
public record SubjectKey(KeyKind kind, Bytes spki, Bytes fingerprint) {

    /// A key that passed the rules before.
    public static SubjectKey of(KeyKind kind, byte[] spki) {
        return new SubjectKey(kind, Bytes.of(spki), Sha256.of(spki));
    }
}
