package io.muster.x509.codec;

import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Null;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;

/// How a certificate may be signed.
public enum SignatureScheme {
    ECDSA_SHA256,
    ECDSA_SHA384,
    ECDSA_SHA512,
    RSA_SHA256,
    RSA_SHA384,
    RSA_SHA512,
    RSA_PSS_SHA256,
    RSA_PSS_SHA384,
    RSA_PSS_SHA512,
    ED25519,
    /// MD2, MD5 or SHA-1: can be forged. Tolerated in an anchor, whose own signature proves nothing and is not checked.
    FORGEABLE,
    /// Not known here; tolerated in an anchor for the same reason.
    UNKNOWN;

    private static final Map<ASN1ObjectIdentifier, SignatureScheme> PLAIN = Map.ofEntries(
            Map.entry(X9ObjectIdentifiers.ecdsa_with_SHA256, ECDSA_SHA256),
            Map.entry(X9ObjectIdentifiers.ecdsa_with_SHA384, ECDSA_SHA384),
            Map.entry(X9ObjectIdentifiers.ecdsa_with_SHA512, ECDSA_SHA512),
            Map.entry(PKCSObjectIdentifiers.sha256WithRSAEncryption, RSA_SHA256),
            Map.entry(PKCSObjectIdentifiers.sha384WithRSAEncryption, RSA_SHA384),
            Map.entry(PKCSObjectIdentifiers.sha512WithRSAEncryption, RSA_SHA512),
            Map.entry(EdECObjectIdentifiers.id_Ed25519, ED25519),
            Map.entry(PKCSObjectIdentifiers.md2WithRSAEncryption, FORGEABLE),
            Map.entry(PKCSObjectIdentifiers.md5WithRSAEncryption, FORGEABLE),
            Map.entry(PKCSObjectIdentifiers.sha1WithRSAEncryption, FORGEABLE),
            Map.entry(OIWObjectIdentifiers.sha1WithRSA, FORGEABLE),
            Map.entry(X9ObjectIdentifiers.ecdsa_with_SHA1, FORGEABLE));

    /// Hash to salt length: RFC 4055 section 3.1 recommends a salt as long as the hash, and nothing else is taken.
    private record Pss(SignatureScheme scheme, int saltBytes) {}

    private static final Map<ASN1ObjectIdentifier, Pss> PSS = Map.of(
            NISTObjectIdentifiers.id_sha256, new Pss(RSA_PSS_SHA256, 32),
            NISTObjectIdentifiers.id_sha384, new Pss(RSA_PSS_SHA384, 48),
            NISTObjectIdentifiers.id_sha512, new Pss(RSA_PSS_SHA512, 64));

    static SignatureScheme of(AlgorithmIdentifier algorithm) {
        ASN1Encodable parameters = algorithm.getParameters();
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return pss(parameters);
        }
        if (parameters != null && !(parameters instanceof ASN1Null)) {
            return UNKNOWN;
        }
        return PLAIN.getOrDefault(algorithm.getAlgorithm(), UNKNOWN);
    }

    private static SignatureScheme pss(@Nullable ASN1Encodable parameters) {
        if (parameters == null) {
            return FORGEABLE;
        }
        RSASSAPSSparams params = RSASSAPSSparams.getInstance(parameters);
        Pss pss = PSS.get(params.getHashAlgorithm().getAlgorithm());
        if (pss == null) {
            return params.getHashAlgorithm().getAlgorithm().equals(OIWObjectIdentifiers.idSHA1) ? FORGEABLE : UNKNOWN;
        }
        AlgorithmIdentifier mask = params.getMaskGenAlgorithm();
        boolean sameHash = mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
                && AlgorithmIdentifier.getInstance(mask.getParameters())
                        .getAlgorithm()
                        .equals(params.getHashAlgorithm().getAlgorithm());
        boolean usual = params.getSaltLength().intValueExact() == pss.saltBytes()
                && params.getTrailerField().intValueExact() == 1;
        return sameHash && usual ? pss.scheme() : UNKNOWN;
    }

    /// Whether a key of this kind can have made such a signature.
    public boolean fits(KeyKind key) {
        return switch (this) {
            case ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512 -> key.isEllipticCurve();
            case RSA_SHA256, RSA_SHA384, RSA_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512 ->
                key == KeyKind.RSA;
            case ED25519 -> key == KeyKind.ED25519;
            case FORGEABLE, UNKNOWN -> false;
        };
    }
}
