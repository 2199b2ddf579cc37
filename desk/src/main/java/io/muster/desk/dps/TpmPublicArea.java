package io.muster.desk.dps;

import io.muster.core.device.Bytes;
import io.muster.desk.exchange.Form;
import io.muster.desk.imports.reading.TpmPublic;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// An endorsement key as Azure writes it, a TPM2B_PUBLIC in base64, and as it is held here: the key alone. What
/// surrounds the key is written anew by the standard templates L-1 and L-2 (TCG EK Credential Profile, annex
/// B.3), so that only a key by them is taken in that form.
final class TpmPublicArea {

    private static final String AT = "/attestation/tpm/endorsementKey";
    private static final byte[] HEAD_OF_BOTH = HexFormat.of()
            .parseHex("000b000300b20020837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa00060080"
                    + "00430010");
    private static final int RSA = 0x0001;
    private static final int ECC = 0x0023;
    private static final int RSA_BYTES = 256;
    private static final int COORDINATE_BYTES = 32;
    private static final short P256 = 0x0003;
    private static final short NULL = 0x0010;

    private TpmPublicArea() {}

    /// In base64 a SubjectPublicKeyInfo, which the desk reads; a text in another form is its reader's to refuse.
    static Form<String> read(String base64) {
        Optional<String> key = TpmPublic.toSubjectPublicKeyInfo(base64);
        if (key.isEmpty()) {
            return Form.of(base64);
        }
        Optional<byte[]> anew = written(Base64.getDecoder().decode(key.get()));
        byte[] given = Base64.getMimeDecoder().decode(base64);
        return anew.filter(it -> Arrays.equals(it, given)).isPresent()
                ? Form.of(key.get())
                : Form.faulty(
                        AT,
                        "The endorsement key is not by the standard template L-1 or L-2, and what differs cannot be held"
                                + " here.",
                        "Give the key alone, as a SubjectPublicKeyInfo in base64.");
    }

    /// As Azure writes it; a key for which no template is known as a SubjectPublicKeyInfo. Both are read here.
    static String shown(Bytes endorsementKey) {
        byte[] der = endorsementKey.toArray();
        return Base64.getEncoder().encodeToString(written(der).orElse(der));
    }

    private static Optional<byte[]> written(byte[] der) {
        return key("RSA", der).or(() -> key("EC", der)).flatMap(key -> switch (key) {
            case RSAPublicKey rsa when rsa.getModulus().bitLength() == RSA_BYTES * 8 -> Optional.of(rsa(rsa));
            case ECPublicKey ec
            when ec.getParams().getOrder().bitLength() == COORDINATE_BYTES * 8 -> Optional.of(ecc(ec));
            default -> Optional.empty();
        });
    }

    private static Optional<PublicKey> key(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static byte[] rsa(RSAPublicKey key) {
        return framed(
                RSA,
                ByteBuffer.allocate(8 + RSA_BYTES)
                        .putShort((short) (RSA_BYTES * 8))
                        .putInt(0)
                        .putShort((short) RSA_BYTES)
                        .put(fixed(key.getModulus().toByteArray(), RSA_BYTES))
                        .array());
    }

    private static byte[] ecc(ECPublicKey key) {
        return framed(
                ECC,
                ByteBuffer.allocate(8 + 2 * COORDINATE_BYTES)
                        .putShort(P256)
                        .putShort(NULL)
                        .putShort((short) COORDINATE_BYTES)
                        .put(fixed(key.getW().getAffineX().toByteArray(), COORDINATE_BYTES))
                        .putShort((short) COORDINATE_BYTES)
                        .put(fixed(key.getW().getAffineY().toByteArray(), COORDINATE_BYTES))
                        .array());
    }

    private static byte[] framed(int algorithm, byte[] tail) {
        int size = 2 + HEAD_OF_BOTH.length + tail.length;
        return ByteBuffer.allocate(2 + size)
                .putShort((short) size)
                .putShort((short) algorithm)
                .put(HEAD_OF_BOTH)
                .put(tail)
                .array();
    }

    /// Without the sign's octet, and with the zeros that a number does not have.
    private static byte[] fixed(byte[] number, int size) {
        byte[] fixed = new byte[size];
        int length = Math.min(size, number.length);
        System.arraycopy(number, number.length - length, fixed, size - length, length);
        return fixed;
    }
}
