package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceKeyTransRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// A private key on its way to the device that it was made for, readable by nobody else: CMS EnvelopedData (RFC 5652
/// section 6) around an AsymmetricKeyPackage (RFC 5958), AES-256-CBC, for the key of a certificate: RSA by OAEP with
/// SHA-256, elliptic curves by ECDH (RFC 5753) with AES-256 key wrap.
public final class ServerKeyEnvelope {

    /// RFC 5958 section 2, id-ct-KP-aKeyPackage.
    private static final ASN1ObjectIdentifier KEY_PACKAGE = new ASN1ObjectIdentifier("2.16.840.1.101.2.1.2.78.5");

    private static final Provider PROVIDER = new BouncyCastleProvider();

    private ServerKeyEnvelope() {}

    /// The message in DER; empty where the recipient's key cannot decrypt (Ed25519).
    ///
    /// @param privateKey PKCS#8
    /// @param recipient  a certificate that was read before, DER
    public static Optional<byte[]> seal(Secret privateKey, Bytes recipient) {
        byte[] clear = privateKey.reveal();
        byte[] content = Der.sequence(clear);
        try {
            X509Certificate certificate = certificate(recipient);
            Optional<RecipientInfoGenerator> generator = generator(certificate);
            return generator.isEmpty() ? Optional.empty() : Optional.of(seal(content, generator.get()));
        } catch (GeneralSecurityException | CMSException | IOException e) {
            throw new IllegalStateException("a private key cannot be encrypted to a certificate that was read", e);
        } finally {
            Arrays.fill(clear, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    private static byte[] seal(byte[] content, RecipientInfoGenerator recipient) throws CMSException, IOException {
        CMSEnvelopedDataGenerator envelope = new CMSEnvelopedDataGenerator();
        envelope.addRecipientInfoGenerator(recipient);
        return envelope.generate(
                        new CMSProcessableByteArray(KEY_PACKAGE, content),
                        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC)
                                .setProvider(PROVIDER)
                                .build())
                .toASN1Structure()
                .getEncoded("DER");
    }

    private static Optional<RecipientInfoGenerator> generator(X509Certificate recipient)
            throws GeneralSecurityException {
        return switch (recipient.getPublicKey()) {
            case RSAPublicKey _ ->
                Optional.of(new JceKeyTransRecipientInfoGenerator(recipient, oaep()).setProvider(PROVIDER));
            case ECPublicKey key -> {
                KeyPairGenerator keys = KeyPairGenerator.getInstance("EC", PROVIDER);
                keys.initialize(key.getParams());
                KeyPair once = keys.generateKeyPair();
                yield Optional.of(new JceKeyAgreeRecipientInfoGenerator(
                                CMSAlgorithm.ECDH_SHA256KDF,
                                once.getPrivate(),
                                once.getPublic(),
                                CMSAlgorithm.AES256_WRAP)
                        .addRecipient(recipient)
                        .setProvider(PROVIDER));
            }
            default -> Optional.empty();
        };
    }

    private static AlgorithmIdentifier oaep() {
        AlgorithmIdentifier sha256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);
        return new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_RSAES_OAEP,
                new RSAESOAEPparams(
                        sha256,
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, sha256),
                        RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));
    }

    private static X509Certificate certificate(Bytes der) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509", PROVIDER)
                .generateCertificate(new ByteArrayInputStream(der.toArray()));
    }
}
