package io.muster.fleet.floor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.conscrypt.Conscrypt;

/// Certifies whoever proves possession of a P-256 key, with native signatures and no rule at all. Serves one thread.
final class Issuer {

    private static final String ALGORITHM = "SHA256withECDSA";
    private static final X500Name NAME = new X500Name("CN=Floor Issuing CA");
    private static final int SERIAL_BITS = 127;
    private static final Duration LIFE = Duration.ofDays(90);
    private static final Duration BACKDATED = Duration.ofDays(1);

    private final BcX509ExtensionUtils identifiers = new BcX509ExtensionUtils();
    private final SecureRandom random = new SecureRandom();
    private final KeyFactory keys;
    private final Signature verifier;
    private final NativeSigner signer;
    private final AuthorityKeyIdentifier authority;

    Issuer() throws GeneralSecurityException {
        Provider provider = Conscrypt.newProvider();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair key = generator.generateKeyPair();
        keys = KeyFactory.getInstance("EC", provider);
        verifier = Signature.getInstance(ALGORITHM, provider);
        Signature signature = Signature.getInstance(ALGORITHM, provider);
        signature.initSign(key.getPrivate());
        signer = new NativeSigner(signature);
        authority = identifiers.createAuthorityKeyIdentifier(
                SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
    }

    /// A certificate in a CMS SignedData (DER) for the subject and the key of a PKCS #10 request (DER).
    ///
    /// @throws GeneralSecurityException where the request is not signed by its key
    byte[] certify(byte[] pkcs10) throws GeneralSecurityException, IOException {
        CertificationRequest request = CertificationRequest.getInstance(pkcs10);
        CertificationRequestInfo wish = request.getCertificationRequestInfo();
        SubjectPublicKeyInfo key = wish.getSubjectPublicKeyInfo();
        PublicKey publicKey = keys.generatePublic(new X509EncodedKeySpec(key.getEncoded(ASN1Encoding.DER)));
        verifier.initVerify(publicKey);
        verifier.update(wish.getEncoded(ASN1Encoding.DER));
        if (!verifier.verify(request.getSignature().getOctets())) {
            throw new GeneralSecurityException("The request is not signed by its key");
        }
        Instant now = Instant.now();
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                NAME,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(LIFE)),
                wish.getSubject(),
                key);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                .addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
                .addExtension(Extension.authorityKeyIdentifier, false, authority);
        DERSet certificates = new DERSet(builder.build(signer).toASN1Structure());
        ContentInfo nothing = new ContentInfo(CMSObjectIdentifiers.data, null);
        SignedData data = new SignedData(new DERSet(), nothing, certificates, null, new DERSet());
        return new ContentInfo(CMSObjectIdentifiers.signedData, data).getEncoded(ASN1Encoding.DER);
    }

    /// One native signature object for all certificates: making one costs as much as a tenth of a signature.
    private static final class NativeSigner implements ContentSigner {

        private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

        private final Signature signature;
        private final ByteArrayOutputStream toBeSigned = new ByteArrayOutputStream(512);

        NativeSigner(Signature signature) {
            this.signature = signature;
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return ECDSA;
        }

        @Override
        public OutputStream getOutputStream() {
            toBeSigned.reset();
            return toBeSigned;
        }

        @Override
        public byte[] getSignature() {
            try {
                signature.update(toBeSigned.toByteArray());
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("The floor's key does not sign", e);
            }
        }
    }
}
