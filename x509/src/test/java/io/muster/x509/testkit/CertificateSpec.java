package io.muster.x509.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// What a test wants of a certificate; without a wish it is an ordinary device certificate of [#NOW].
public final class CertificateSpec {

    /// The instant at which the tests' chains are looked at.
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private X500Name subject;
    private KeyPair keys;
    private @Nullable SubjectPublicKeyInfo foreignKey;
    private Instant notBefore = NOW.minusSeconds(86_400);
    private Instant notAfter = NOW.plusSeconds(31_536_000);
    private boolean isVersion1;
    private @Nullable String signedWith;
    private @Nullable X500Name issuer;
    private @Nullable PrivateKey signer;
    private final List<Extension> extensions = new ArrayList<>();

    CertificateSpec(X500Name subject, KeyPair keys) {
        this.subject = subject;
        this.keys = keys;
    }

    public CertificateSpec subject(X500Name name) {
        subject = name;
        return this;
    }

    public CertificateSpec keys(KeyPair pair) {
        keys = pair;
        return this;
    }

    /// A public key of which nobody has the private half.
    public CertificateSpec foreignKey(SubjectPublicKeyInfo key) {
        foreignKey = key;
        return this;
    }

    public CertificateSpec validFrom(Instant start) {
        notBefore = start;
        return this;
    }

    public CertificateSpec validUntil(Instant end) {
        notAfter = end;
        return this;
    }

    public CertificateSpec version1() {
        isVersion1 = true;
        return this;
    }

    /// The name of the signature algorithm, where it is not the usual one of the issuer's key.
    public CertificateSpec signedWith(String algorithm) {
        signedWith = algorithm;
        return this;
    }

    public CertificateSpec issuer(X500Name name) {
        issuer = name;
        return this;
    }

    /// A key that is not the issuer's.
    public CertificateSpec forgedWith(PrivateKey key) {
        signer = key;
        return this;
    }

    public CertificateSpec extension(ASN1ObjectIdentifier oid, boolean isCritical, ASN1Encodable value) {
        try {
            extensions.removeIf(extension -> extension.getExtnId().equals(oid));
            extensions.add(
                    new Extension(oid, isCritical, value.toASN1Primitive().getEncoded("DER")));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public CertificateSpec extensionBytes(ASN1ObjectIdentifier oid, boolean isCritical, byte[] value) {
        extensions.removeIf(extension -> extension.getExtnId().equals(oid));
        extensions.add(new Extension(oid, isCritical, value));
        return this;
    }

    public CertificateSpec without(ASN1ObjectIdentifier oid) {
        extensions.removeIf(extension -> extension.getExtnId().equals(oid));
        return this;
    }

    KeyPair keys() {
        return keys;
    }

    X500Name subject() {
        return subject;
    }

    byte[] build(X500Name issuerName, PrivateKey issuerKey) {
        try {
            PrivateKey key = signer == null ? issuerKey : signer;
            String algorithm = signedWith == null ? usual(key) : signedWith;
            var contentSigner = new JcaContentSignerBuilder(algorithm)
                    .setProvider(new BouncyCastleProvider())
                    .build(key);
            X500Name by = issuer == null ? issuerName : issuer;
            X509CertificateHolder holder = isVersion1
                    ? new X509v1CertificateBuilder(
                                    by, serial(), Date.from(notBefore), Date.from(notAfter), subject, publicKey())
                            .build(contentSigner)
                    : version3(by).build(contentSigner);
            return holder.getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509v3CertificateBuilder version3(X500Name by) throws IOException {
        var builder = new X509v3CertificateBuilder(
                by, serial(), Date.from(notBefore), Date.from(notAfter), subject, publicKey());
        for (Extension extension : extensions) {
            builder.addExtension(extension);
        }
        return builder;
    }

    private SubjectPublicKeyInfo publicKey() {
        return foreignKey != null
                ? foreignKey
                : SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
    }

    private static BigInteger serial() {
        return new BigInteger(64, new SecureRandom()).setBit(63);
    }

    private static String usual(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "Ed25519";
        };
    }
}
