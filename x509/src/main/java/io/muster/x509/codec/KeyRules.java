package io.muster.x509.codec;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Null;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/// Which public keys are taken: looked at as bytes and numbers only, so that a key made to be slow costs nothing.
final class KeyRules {

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 4096;
    private static final int MAX_EXPONENT_BITS = 32;
    private static final int ED25519_BYTES = 32;
    private static final byte UNCOMPRESSED = 4;

    private KeyRules() {}

    static SubjectKey check(SubjectPublicKeyInfo info) throws IOException {
        ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
        ASN1Encodable parameters = info.getAlgorithm().getParameters();
        byte[] key = info.getPublicKeyData().getOctets();
        KeyKind kind;
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            kind = rsa(parameters, key);
        } else if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            kind = ellipticCurve(parameters, key);
        } else if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
            kind = ed25519(parameters, key);
        } else {
            throw unsupported("algorithm " + algorithm.getId());
        }
        return SubjectKey.of(kind, info.getEncoded("DER"));
    }

    /// For certificates of keys that only decrypt: an RSA key for RSAES-OAEP alone (RFC 4055 section 4.1) is read as
    /// the plain RSA key that it is, so that the same key has the same bytes whatever its certificate calls it. The
    /// parameters name digests for an encryption that nobody does by this certificate.
    static SubjectKey checkDecrypting(SubjectPublicKeyInfo info) throws IOException {
        if (!info.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_RSAES_OAEP)) {
            return check(info);
        }
        return check(new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                info.getPublicKeyData().getOctets()));
    }

    /// RFC 3279 section 2.3.1: the parameters are NULL. Another form would be a second encoding of the same key.
    private static KeyKind rsa(@Nullable ASN1Encodable parameters, byte[] key) throws IOException {
        if (!(parameters instanceof ASN1Null)) {
            throw Unreadable.malformed("the parameters of an RSA key are not NULL");
        }
        DerShape.check(key);
        RSAPublicKey rsa = RSAPublicKey.getInstance(key);
        BigInteger modulus = rsa.getModulus();
        if (!Arrays.equals(new RSAPublicKey(modulus, rsa.getPublicExponent()).getEncoded("DER"), key)) {
            throw Unreadable.malformed("the numbers of an RSA key are negative or not in their shortest form");
        }
        if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS) {
            throw weak("RSA of " + modulus.bitLength() + " bits; 2048 to 4096 are taken");
        }
        checkExponent(rsa.getPublicExponent());
        RsaWeakness.find(modulus).ifPresent(what -> {
            throw weak(what);
        });
        return KeyKind.RSA;
    }

    private static void checkExponent(BigInteger exponent) {
        if (exponent.bitLength() < 2 || exponent.bitLength() > MAX_EXPONENT_BITS || !exponent.testBit(0)) {
            throw weak("the RSA exponent is not an odd number from 3 to 2^32");
        }
    }

    /// RFC 5480 section 2.1.1: a named curve, nothing else. A compressed point would be a second encoding of the same
    /// key.
    private static KeyKind ellipticCurve(@Nullable ASN1Encodable parameters, byte[] point) {
        if (!(parameters instanceof ASN1ObjectIdentifier curve)) {
            throw unsupported("an EC key whose curve is not named by an OID");
        }
        KeyKind kind = curve(curve);
        int coordinate =
                switch (kind) {
                    case P256 -> 32;
                    case P384 -> 48;
                    case P521 -> 66;
                    case RSA, ED25519 -> throw new IllegalStateException(kind + " is no curve");
                };
        if (point.length != 1 + 2 * coordinate || point[0] != UNCOMPRESSED) {
            throw unsupported("an EC point that is not in the uncompressed form");
        }
        return kind;
    }

    private static KeyKind curve(ASN1ObjectIdentifier curve) {
        if (curve.equals(SECObjectIdentifiers.secp256r1)) {
            return KeyKind.P256;
        }
        if (curve.equals(SECObjectIdentifiers.secp384r1)) {
            return KeyKind.P384;
        }
        if (curve.equals(SECObjectIdentifiers.secp521r1)) {
            return KeyKind.P521;
        }
        throw unsupported("EC curve " + curve.getId());
    }

    /// RFC 8410 section 3: no parameters.
    private static KeyKind ed25519(@Nullable ASN1Encodable parameters, byte[] key) {
        if (parameters != null || key.length != ED25519_BYTES) {
            throw Unreadable.malformed("an Ed25519 key with parameters or of another length than 32 bytes");
        }
        return KeyKind.ED25519;
    }

    private static Unreadable weak(String what) {
        return new Unreadable(new Finding.WeakKey(what));
    }

    private static Unreadable unsupported(String what) {
        return new Unreadable(new Finding.UnsupportedKey(what));
    }
}
