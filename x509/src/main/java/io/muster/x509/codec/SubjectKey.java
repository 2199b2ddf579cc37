package io.muster.x509.codec;

/// A public key that passed the rules for keys. The same key always has the same bytes here, since no second encoding
/// of it is taken: the fingerprint identifies the key.
///
/// @param kind        what it is
/// @param spki        the SubjectPublicKeyInfo, DER
/// @param fingerprint SHA-256 of the SubjectPublicKeyInfo
public record SubjectKey(KeyKind kind, Der spki, Der fingerprint) {

    static SubjectKey of(KeyKind kind, byte[] spki) {
        Der bytes = Der.copyOf(spki);
        return new SubjectKey(kind, bytes, bytes.sha256());
    }
}
