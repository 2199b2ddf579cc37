package io.muster.attestors.tpm.structure;

import io.muster.x509.codec.Der;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/// Writes a key as SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), in the one encoding that certificates use, so
/// that a key from a TPM and the same key from a certificate compare as bytes.
final class SubjectPublicKeyInfo {

    /// rsaEncryption with NULL parameters (RFC 3279 section 2.3.1).
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /// id-ecPublicKey with the curve's name (RFC 5480 section 2.1.1).
    private static final byte[] P256 = HexFormat.of().parseHex("301306072a8648ce3d020106082a8648ce3d030107");

    private static final byte[] P384 = HexFormat.of().parseHex("301006072a8648ce3d020106052b81040022");

    private static final byte UNCOMPRESSED = 4;

    private SubjectPublicKeyInfo() {}

    static byte[] of(PublicKeyPart key) {
        return switch (key) {
            case PublicKeyPart.Rsa rsa -> Der.sequence(RSA, Der.bits(numbers(rsa)));
            case PublicKeyPart.Ecc ecc -> Der.sequence(algorithm(ecc.curve()), Der.bits(point(ecc)));
        };
    }

    private static byte[] numbers(PublicKeyPart.Rsa rsa) {
        return Der.sequence(
                Der.element(Der.INTEGER, rsa.modulus().toByteArray()),
                Der.element(Der.INTEGER, BigInteger.valueOf(rsa.exponent()).toByteArray()));
    }

    private static byte[] algorithm(Curve curve) {
        return switch (curve) {
            case P256 -> P256;
            case P384 -> P384;
        };
    }

    private static byte[] point(PublicKeyPart.Ecc ecc) {
        int bytes = ecc.curve().bytes();
        return ByteBuffer.allocate(1 + 2 * bytes)
                .put(UNCOMPRESSED)
                .put(Numbers.padded(ecc.x(), bytes))
                .put(Numbers.padded(ecc.y(), bytes))
                .array();
    }
}
