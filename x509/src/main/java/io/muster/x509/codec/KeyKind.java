package io.muster.x509.codec;

/// The kinds of key that are taken.
public enum KeyKind {
    RSA,
    P256,
    P384,
    P521,
    ED25519;

    public boolean isEllipticCurve() {
        return switch (this) {
            case P256, P384, P521 -> true;
            case RSA, ED25519 -> false;
        };
    }
}
