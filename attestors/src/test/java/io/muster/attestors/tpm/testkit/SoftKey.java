package io.muster.attestors.tpm.testkit;

import io.muster.attestors.tpm.structure.Marshal;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;

/// A key of this very process that says of itself whatever a test likes: what a forger can do without a TPM.
public final class SoftKey {

    public static final int ENDORSEMENT = 0x000300b2;
    public static final int ENDORSEMENT_HIGH = 0x000300f2;
    public static final int ATTESTATION = 0x00050072;
    public static final int SIGNING = 0x00040072;
    public static final int STORAGE = 0x00030072;
    public static final byte[] POLICY_A =
            HexFormat.of().parseHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");

    private final KeyPair keys;

    private SoftKey(KeyPair keys) {
        this.keys = keys;
    }

    public static SoftKey rsa() {
        return rsa(2048);
    }

    public static SoftKey rsa(int bits) {
        return generate("RSA", generator -> generator.initialize(bits));
    }

    public static SoftKey p256() {
        return generate("EC", generator -> generator.initialize(new ECGenParameterSpec("secp256r1")));
    }

    private interface Setting {
        void on(KeyPairGenerator generator) throws GeneralSecurityException;
    }

    private static SoftKey generate(String algorithm, Setting setting) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            setting.on(generator);
            return new SoftKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public KeyPair keys() {
        return keys;
    }

    /// A TPM2B_PUBLIC of this key.
    public byte[] area(int attributes, byte[] policy) {
        boolean isStorage = (attributes & 0x00070000) == 0x00030000;
        Marshal area = new Marshal()
                .u16(keys.getPublic() instanceof RSAPublicKey ? 0x0001 : 0x0023)
                .u16(0x000b)
                .u32(attributes)
                .sized(policy);
        if (isStorage) {
            area.u16(0x0006).u16(128).u16(0x0043).u16(0x0010);
        } else {
            area.u16(0x0010)
                    .u16(keys.getPublic() instanceof RSAPublicKey ? 0x0014 : 0x0018)
                    .u16(0x000b);
        }
        return new Marshal().sized(unique(area).octets()).octets();
    }

    private Marshal unique(Marshal area) {
        if (keys.getPublic() instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return area.u16(bits)
                    .u32(rsa.getPublicExponent().longValueExact())
                    .sized(unsigned(rsa.getModulus(), bits / 8));
        }
        ECPublicKey ecc = (ECPublicKey) keys.getPublic();
        return area.u16(0x0003)
                .u16(0x0010)
                .sized(unsigned(ecc.getW().getAffineX(), 32))
                .sized(unsigned(ecc.getW().getAffineY(), 32));
    }

    /// A TPMT_SIGNATURE over these bytes.
    public byte[] sign(byte[] message) throws GeneralSecurityException {
        boolean isRsa = keys.getPublic() instanceof RSAPublicKey;
        Signature signature = Signature.getInstance(isRsa ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
        signature.initSign(keys.getPrivate());
        signature.update(message);
        byte[] signed = signature.sign();
        if (isRsa) {
            return new Marshal().u16(0x0014).u16(0x000b).sized(signed).octets();
        }
        return new Marshal()
                .u16(0x0018)
                .u16(0x000b)
                .sized(unsigned(new BigInteger(1, Arrays.copyOf(signed, 32)), 0))
                .sized(unsigned(new BigInteger(1, Arrays.copyOfRange(signed, 32, 64)), 0))
                .octets();
    }

    /// A TPMS_ATTEST of the type that TPM2_Certify gives.
    public static byte[] attestation(long magic, int type, byte[] extraData, byte[] name) {
        return new Marshal()
                .u32(magic)
                .u16(type)
                .sized(new byte[34])
                .sized(extraData)
                .u32(0)
                .u32(1000)
                .u32(1)
                .u32(0)
                .raw(new byte[] {1})
                .u32(0)
                .u32(7)
                .sized(name)
                .sized(new byte[34])
                .octets();
    }

    /// In `bytes` octets; or, for zero, in as few as there can be.
    static byte[] unsigned(BigInteger number, int bytes) {
        String digits = number.toString(16);
        String even = digits.length() % 2 == 0 ? digits : "0" + digits;
        return HexFormat.of().parseHex("0".repeat(Math.max(0, 2 * bytes - even.length())) + even);
    }
}
