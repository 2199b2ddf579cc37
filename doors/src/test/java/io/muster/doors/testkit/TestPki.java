package io.muster.doors.testkit;

import io.muster.doors.listener.ServerIdentity;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Keys and certificates made on the spot.
public final class TestPki {

    private static final Date FROM = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final Date UNTIL = Date.from(Instant.parse("2049-01-01T00:00:00Z"));

    /// A private key with its chain, leaf first.
    public record Holder(KeyPair keys, List<X509Certificate> chain) {}

    private TestPki() {}

    /// A self-signed server certificate for localhost and 127.0.0.1.
    public static ServerIdentity server(String name) {
        Holder holder = selfSigned(name, true);
        return new ServerIdentity(holder.keys().getPrivate(), holder.chain());
    }

    /// A client with a leaf and the given number of issuers above it.
    public static Holder client(String name, int issuers) {
        List<X509Certificate> chain = new ArrayList<>();
        KeyPair issuerKeys = keys();
        X500Principal issuer = named("authority 0");
        for (int i = 1; i <= issuers; i++) {
            KeyPair next = keys();
            chain.addFirst(certificate(named("authority " + i), next, issuer, issuerKeys, false));
            issuer = named("authority " + i);
            issuerKeys = next;
        }
        KeyPair leaf = keys();
        chain.addFirst(certificate(named(name), leaf, issuer, issuerKeys, false));
        return new Holder(leaf, List.copyOf(chain));
    }

    /// A client with an X.509 version 1 certificate.
    public static Holder versionOne(String name) {
        try {
            KeyPair keys = keys();
            var builder =
                    new JcaX509v1CertificateBuilder(named(name), serial(), FROM, UNTIL, named(name), keys.getPublic());
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new Holder(keys, List.of(new JcaX509CertificateConverter().getCertificate(builder.build(signer))));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// A key store with one entry, password "test".
    public static KeyStore keyStore(Holder holder) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "client",
                holder.keys().getPrivate(),
                "test".toCharArray(),
                holder.chain().toArray(X509Certificate[]::new));
        return store;
    }

    private static Holder selfSigned(String name, boolean server) {
        KeyPair keys = keys();
        return new Holder(keys, List.of(certificate(named(name), keys, named(name), keys, server)));
    }

    private static X509Certificate certificate(
            X500Principal subject, KeyPair keys, X500Principal issuer, KeyPair issuerKeys, boolean server) {
        try {
            var builder = new JcaX509v3CertificateBuilder(issuer, serial(), FROM, UNTIL, subject, keys.getPublic());
            if (server) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X500Principal named(String name) {
        return new X500Principal("CN=" + name);
    }

    private static BigInteger serial() {
        return new BigInteger(120, new SecureRandom());
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
