package io.muster.fleet.est;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/// An issuing CA for tests, made of Bouncy Castle's own parts.
public final class PretendAuthority {

    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final X500Name NAME = new X500Name("CN=Pretend Issuing CA");

    private final KeyPair key = newKey();
    private final AtomicLong serial = new AtomicLong(1000);

    /// A request as it came in a body, once its signature was found good.
    public static PKCS10CertificationRequest parse(String base64) throws Exception {
        PKCS10CertificationRequest request =
                new PKCS10CertificationRequest(Base64.getMimeDecoder().decode(base64));
        if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder()
                .setProvider(PROVIDER)
                .build(request.getSubjectPublicKeyInfo()))) {
            throw new IllegalArgumentException("the request is not signed by its key");
        }
        return request;
    }

    public X509CertificateHolder certify(PKCS10CertificationRequest request) throws Exception {
        return certify(request.getSubject(), request.getSubjectPublicKeyInfo());
    }

    public X509CertificateHolder certify(X500Name subject, SubjectPublicKeyInfo subjectKey) throws Exception {
        return certify(NAME, subject, subjectKey, Instant.now().plus(Duration.ofDays(90)));
    }

    public X509CertificateHolder certify(
            X500Name issuer, X500Name subject, SubjectPublicKeyInfo subjectKey, Instant end) throws Exception {
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA")
                .setProvider(PROVIDER)
                .build(key.getPrivate());
        return new X509v3CertificateBuilder(
                        issuer,
                        BigInteger.valueOf(serial.incrementAndGet()),
                        Date.from(Instant.now().minus(Duration.ofDays(1))),
                        Date.from(end),
                        subject,
                        subjectKey)
                .build(signer);
    }

    /// Some key that is nobody's.
    public static SubjectPublicKeyInfo foreignKey() {
        return SubjectPublicKeyInfo.getInstance(newKey().getPublic().getEncoded());
    }

    /// PKCS #7 in base64, in lines of 64 columns that end with LF.
    public static String lines(X509CertificateHolder... certificates) throws Exception {
        return Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(bag(certificates)) + "\n";
    }

    /// The same on one line, without an end.
    public static String oneLine(X509CertificateHolder... certificates) throws Exception {
        return Base64.getEncoder().encodeToString(bag(certificates));
    }

    private static byte[] bag(X509CertificateHolder... certificates) throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        for (X509CertificateHolder certificate : List.of(certificates)) {
            generator.addCertificate(certificate);
        }
        return generator
                .generate(new org.bouncycastle.cms.CMSAbsentContent())
                .toASN1Structure()
                .getEncoded(ASN1Encoding.DER);
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
