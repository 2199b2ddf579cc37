package io.muster.desk.roster;

import io.muster.core.device.Bytes;
import io.muster.desk.exchange.Form;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// Reads the endorsement key that an operator pins, and keeps it in the one form that is compared: a
/// SubjectPublicKeyInfo with the plain algorithm (RFC 3279 section 2.3.1, RFC 5480 section 2.1.1).
final class EndorsementKeyForm {

    static final String AT = "/proof/tpm/endorsementKey";

    private static final String HEAD = "-----BEGIN PUBLIC KEY-----";
    private static final String FOOT = "-----END PUBLIC KEY-----";
    private static final String HOW =
            "Write it on the board in PEM and send that: tpm2_readpublic -c EK -f pem -o ek.pem";
    private static final Set<Integer> RSA_BITS = Set.of(2048, 3072, 4096);
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    private EndorsementKeyForm() {}

    /// @param text PEM, or the DER form in base64
    static Form<Bytes> read(String text) {
        if (text.contains("CERTIFICATE-----")) {
            return Form.faulty(
                    AT,
                    "This is a certificate; an enrollment pins the key in it.",
                    "Take the key out of it: openssl x509 -in ek-certificate.pem -pubkey -noout -out ek.pem");
        }
        return decoded(text)
                .flatMap(EndorsementKeyForm::key)
                .<Form<Bytes>>map(EndorsementKeyForm::served)
                .orElseGet(() -> Form.faulty(
                        AT,
                        "This is no public key in PEM, nor a SubjectPublicKeyInfo in base64; a TPM2B_PUBLIC is not"
                                + " read here.",
                        HOW));
    }

    private static Optional<byte[]> decoded(String text) {
        String body = text.strip();
        if (body.startsWith(HEAD) && body.endsWith(FOOT) && body.length() > HEAD.length() + FOOT.length()) {
            body = body.substring(HEAD.length(), body.length() - FOOT.length());
        }
        try {
            return Optional.of(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> key(byte[] der) {
        return key("RSA", der).or(() -> key("EC", der));
    }

    private static Optional<PublicKey> key(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static Form<Bytes> served(PublicKey key) {
        boolean served =
                switch (key) {
                    case RSAPublicKey rsa ->
                        RSA_BITS.contains(rsa.getModulus().bitLength())
                                && rsa.getPublicExponent().equals(EXPONENT);
                    case ECPublicKey ec ->
                        ec.getParams().getOrder().bitLength() == 256
                                || ec.getParams().getOrder().bitLength() == 384;
                    default -> false;
                };
        return served
                ? Form.of(Bytes.of(plain(key)))
                : Form.faulty(
                        AT,
                        "Endorsement keys are RSA with 2048, 3072 or 4096 bits and the exponent 65537, or on the curves"
                                + " P-256 and P-384; this one is not.",
                        HOW);
    }

    /// Written anew from its numbers, so that the same key is always the same bytes.
    private static byte[] plain(PublicKey key) {
        try {
            return switch (key) {
                case RSAPublicKey rsa ->
                    KeyFactory.getInstance("RSA")
                            .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()))
                            .getEncoded();
                case ECPublicKey ec ->
                    KeyFactory.getInstance("EC")
                            .generatePublic(new ECPublicKeySpec(ec.getW(), ec.getParams()))
                            .getEncoded();
                default -> throw new IllegalArgumentException("not a kind of key that is served");
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key that was read cannot be written", e);
        }
    }
}
