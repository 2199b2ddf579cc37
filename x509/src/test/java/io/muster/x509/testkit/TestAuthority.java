package io.muster.x509.testkit;

import io.muster.core.device.Bytes;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/// A CA of a test: it signs whatever it is asked to.
///
/// @param name        its subject
/// @param keys        its keys
/// @param certificate DER
public record TestAuthority(X500Name name, KeyPair keys, Bytes certificate) {

    /// A certificate and its keys.
    ///
    /// @param certificate DER
    public record Issued(KeyPair keys, Bytes certificate) {

        public byte[] der() {
            return certificate.toArray();
        }

        /// This device as if it were a CA.
        public TestAuthority posingAs(String commonName) {
            return new TestAuthority(new X500Name("CN=" + commonName), keys, certificate);
        }
    }

    public byte[] der() {
        return certificate.toArray();
    }

    public static TestAuthority root(String commonName) {
        return root(commonName, TestKeys.p256(), spec -> spec);
    }

    public static TestAuthority root(String commonName, KeyPair keys, UnaryOperator<CertificateSpec> wish) {
        X500Name name = new X500Name("CN=" + commonName);
        CertificateSpec spec = wish.apply(authority(name, keys));
        return new TestAuthority(
                spec.subject(),
                spec.keys(),
                Bytes.of(spec.build(spec.subject(), spec.keys().getPrivate())));
    }

    public TestAuthority intermediate(String commonName) {
        return intermediate(commonName, spec -> spec);
    }

    public TestAuthority intermediate(String commonName, UnaryOperator<CertificateSpec> wish) {
        CertificateSpec spec =
                wish.apply(withAuthorityKeyId(authority(new X500Name("CN=" + commonName), TestKeys.p256())));
        return new TestAuthority(spec.subject(), spec.keys(), Bytes.of(spec.build(name, keys.getPrivate())));
    }

    public Issued device(String commonName) {
        return device(commonName, spec -> spec);
    }

    public Issued device(String commonName, UnaryOperator<CertificateSpec> wish) {
        CertificateSpec spec =
                wish.apply(withAuthorityKeyId(new CertificateSpec(new X500Name("CN=" + commonName), TestKeys.p256())));
        return new Issued(spec.keys(), Bytes.of(spec.build(name, keys.getPrivate())));
    }

    /// A certificate without any extension of its own accord.
    public Issued bare(String commonName, UnaryOperator<CertificateSpec> wish) {
        CertificateSpec spec = wish.apply(new CertificateSpec(new X500Name("CN=" + commonName), TestKeys.p256()));
        return new Issued(spec.keys(), Bytes.of(spec.build(name, keys.getPrivate())));
    }

    public String pem() {
        return pem(der());
    }

    public static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    private static CertificateSpec authority(X500Name name, KeyPair keys) {
        return new CertificateSpec(name, keys)
                .extension(Extension.basicConstraints, true, new BasicConstraints(true))
                .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .extension(Extension.subjectKeyIdentifier, false, ids().createSubjectKeyIdentifier(keys.getPublic()));
    }

    private CertificateSpec withAuthorityKeyId(CertificateSpec spec) {
        return spec.extension(
                Extension.authorityKeyIdentifier, false, ids().createAuthorityKeyIdentifier(keys.getPublic()));
    }

    private static JcaX509ExtensionUtils ids() {
        try {
            return new JcaX509ExtensionUtils();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
