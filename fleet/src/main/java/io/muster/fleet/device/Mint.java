package io.muster.fleet.device;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.conscrypt.Conscrypt;

/// Makes P-256 keys and signs certificates and requests for them, on Conscrypt where its native part loads (five
/// times as fast), else on Bouncy Castle.
final class Mint {

    private static final int SERIAL_BITS = 127;

    private final Provider provider = Conscrypt.isAvailable() ? Conscrypt.newProvider() : new BouncyCastleProvider();
    private final SecureRandom random = new SecureRandom();
    private final Instant notBefore = Instant.now().minus(1, ChronoUnit.DAYS);

    KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No P-256 keys from provider " + provider.getName(), e);
        }
    }

    /// DER of a certificate that is valid from yesterday on.
    byte[] certificate(X500Name issuer, KeyPair issuerKey, X500Name subject, KeyPair subjectKey, Usage usage) {
        try {
            SubjectPublicKeyInfo spki =
                    SubjectPublicKeyInfo.getInstance(subjectKey.getPublic().getEncoded());
            SubjectPublicKeyInfo issuerSpki =
                    SubjectPublicKeyInfo.getInstance(issuerKey.getPublic().getEncoded());
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    issuer,
                    new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                    Date.from(notBefore),
                    Date.from(notBefore.plus(usage.validity())),
                    subject,
                    spki);
            BcX509ExtensionUtils identifiers = new BcX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(spki));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuerSpki));
            for (Extension extension : usage.extensions()) {
                builder.addExtension(extension);
            }
            return builder.build(signer(issuerKey)).getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("Cannot sign a certificate for " + subject, e);
        }
    }

    /// DER of a PKCS #10 request, signed by the key that it is about.
    byte[] request(X500Name subject, KeyPair key, Optional<Extensions> wished) {
        try {
            PKCS10CertificationRequestBuilder builder = new PKCS10CertificationRequestBuilder(
                    subject, SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
            wished.ifPresent(
                    extensions -> builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions));
            return builder.build(signer(key)).getEncoded();
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException("Cannot sign a certificate request for " + subject, e);
        }
    }

    private ContentSigner signer(KeyPair key) throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA")
                .setProvider(provider)
                .build(key.getPrivate());
    }
}
