package io.muster.desk.imports.reading;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;

/// An endorsement key as Azure keeps it: a TPM2B_PUBLIC in base64 (TPM 2.0 Library, part 2, section 12.2.5). Becomes
/// a SubjectPublicKeyInfo in base64, which the admin API takes.
public final class TpmPublic {

    private static final int RSA = 0x0001;
    private static final int ECC = 0x0023;
    private static final int NULL = 0x0010;
    private static final int STANDARD_EXPONENT = 65537;

    private TpmPublic() {}

    /// Empty where it is none with a key of RSA or on P-256 or P-384; the text is then left for its reader to refuse.
    public static Optional<String> toSubjectPublicKeyInfo(String base64) {
        try {
            ByteBuffer in = ByteBuffer.wrap(Base64.getMimeDecoder().decode(base64));
            int size = number(in);
            if (size != in.remaining()) {
                return Optional.empty();
            }
            int type = number(in);
            in.getShort();
            in.getInt();
            bytes(in);
            if (number(in) != NULL) {
                in.getInt();
            }
            if (number(in) != NULL) {
                in.getShort();
            }
            Optional<PublicKey> key =
                    switch (type) {
                        case RSA -> Optional.of(rsa(in));
                        case ECC -> Optional.of(ecc(in));
                        default -> Optional.empty();
                    };
            return key.filter(_ -> !in.hasRemaining()).map(TpmPublic::written);
        } catch (BufferUnderflowException | IllegalArgumentException | GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static PublicKey rsa(ByteBuffer in) throws GeneralSecurityException {
        in.getShort();
        int exponent = in.getInt();
        BigInteger modulus = new BigInteger(1, bytes(in));
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(
                        modulus, BigInteger.valueOf(exponent == 0 ? STANDARD_EXPONENT : exponent)));
    }

    private static PublicKey ecc(ByteBuffer in) throws GeneralSecurityException {
        String curve =
                switch (number(in)) {
                    case 0x0003 -> "secp256r1";
                    case 0x0004 -> "secp384r1";
                    default -> throw new IllegalArgumentException("a curve that no endorsement key here is on");
                };
        if (number(in) != NULL) {
            in.getShort();
        }
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
        ECPoint point = new ECPoint(coordinate(in, spec), coordinate(in, spec));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, spec));
    }

    /// A longer one is no matter of GeneralSecurityException to the key factory, but a fault.
    private static BigInteger coordinate(ByteBuffer in, ECParameterSpec curve) {
        BigInteger coordinate = new BigInteger(1, bytes(in));
        if (coordinate.bitLength() > curve.getCurve().getField().getFieldSize()) {
            throw new IllegalArgumentException("a coordinate that is longer than its curve has any");
        }
        return coordinate;
    }

    private static String written(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    private static int number(ByteBuffer in) {
        return in.getShort() & 0xffff;
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[number(in)];
        in.get(bytes);
        return bytes;
    }
}
