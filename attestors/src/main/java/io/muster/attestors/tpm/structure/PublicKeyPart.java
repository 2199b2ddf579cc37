package io.muster.attestors.tpm.structure;

import java.math.BigInteger;

/// The numbers of a public key.
public sealed interface PublicKeyPart {

    record Rsa(BigInteger modulus, long exponent) implements PublicKeyPart {}

    /// @param x a point of the curve, checked
    record Ecc(Curve curve, BigInteger x, BigInteger y) implements PublicKeyPart {}
}
