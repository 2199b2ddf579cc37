package io.muster.server.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.server.testkit.EstCustomer;
import io.muster.server.testkit.Installation;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.est.ESTAuth;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.EnrollmentResponse;
import org.bouncycastle.est.jcajce.JcaHttpAuthBuilder;
import org.bouncycastle.est.jcajce.JcaJceUtils;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bouncy Castle's EST client, unmodified, under both versions of TLS.
class BouncyCastleEstTest {

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final EstCustomer ACME = EstCustomer.create(HOUSE, "acme");

    @BeforeAll
    static void enroll() {
        ACME.handsOutTokens("gates", "--renew-after", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void it_enrolls_by_token_and_renews_with_its_certificate(String version) throws Exception {
        String name = "gate-" + version.replace('.', '-').toLowerCase(java.util.Locale.ROOT);
        KeyPair key = key();

        X509CertificateHolder first = issued(
                service(version, null, null).simpleEnroll(false, request(key, name), auth(name)), service(version, null, null));
        assertThat(first.getSubject()).hasToString("CN=" + name);

        ESTService holder = service(version, key, new JcaX509CertificateConverter().getCertificate(first));
        KeyPair next = key();
        X509CertificateHolder second = issued(holder.simpleEnroll(true, request(next, name), null), holder);
        assertThat(second.getSubject()).isEqualTo(first.getSubject());
        assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        assertThat(second.getSubjectPublicKeyInfo().getEncoded())
                .isEqualTo(next.getPublic().getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void it_reads_the_authorities_and_the_attributes_wanted(String version) throws Exception {
        ESTService service = service(version, null, null);

        assertThat(ESTService.storeToArray(service.getCACerts().getCertificateStore())).hasSize(2);
        assertThat(service.getCSRAttributes().getAttributesResponse().getRequirements()).isNotEmpty();
    }

    private static X509CertificateHolder issued(EnrollmentResponse response, ESTService service) {
        assertThat(response.canRetry()).isFalse();
        return ESTService.storeToArray(response.getStore())[0];
    }

    private static ESTAuth auth(String name) throws Exception {
        return new JcaHttpAuthBuilder(name, ACME.token("gates", name).toCharArray())
                .setProvider(new BouncyCastleProvider())
                .build();
    }

    private static ESTService service(String version, KeyPair key, X509Certificate certificate) throws Exception {
        URI base = HOUSE.house().devicesUrl();
        JsseESTServiceBuilder builder = new JsseESTServiceBuilder(
                "localhost:" + base.getPort(), JcaJceUtils.getCertPathTrustManager(Set.of(anchor()), null));
        builder.withLabel("acme.gates").withTLSVersion(version);
        if (key != null) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("device", key.getPrivate(), new char[0], new Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            builder.withKeyManagers(keys.getKeyManagers());
        }
        return builder.build();
    }

    private static TrustAnchor anchor() throws Exception {
        String pem = Files.readString(HOUSE.house().data().serverAnchor());
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            X509CertificateHolder holder = (X509CertificateHolder) parser.readObject();
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(holder.getEncoded()));
            return new TrustAnchor(certificate, null);
        }
    }

    private static KeyPair key() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static PKCS10CertificationRequest request(KeyPair key, String name) throws Exception {
        return new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + name), key.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate()));
    }
}
