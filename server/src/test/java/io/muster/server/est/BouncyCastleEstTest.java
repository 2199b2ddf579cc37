package io.muster.server.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.server.testkit.EstCustomer;
import io.muster.server.testkit.Installation;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Locale;
import java.util.Optional;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bouncy Castle's EST client, unmodified, under both versions of TLS.
class BouncyCastleEstTest {

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final EstCustomer ACME = EstCustomer.create(HOUSE, "acme");

    /// A client that shows its certificate needs no password.
    private static final ESTAuth NOTHING = request -> {};

    @BeforeAll
    static void enroll() {
        Security.addProvider(new BouncyCastleProvider());
        ACME.handsOutTokens("gates", "--renew-after", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void it_enrolls_by_token_and_renews_with_its_certificate(String version) throws Exception {
        String name = "gate-" + version.replace('.', '-').toLowerCase(Locale.ROOT);
        KeyPair key = key();

        ESTService stranger = service(version, Optional.empty());
        X509CertificateHolder first = issued(stranger.simpleEnroll(false, request(key, name), auth(name)));
        assertThat(first.getSubject()).hasToString("CN=" + name);

        ESTService holder = service(version, Optional.of(keys(key, first)));
        KeyPair next = key();
        X509CertificateHolder second = issued(holder.simpleEnroll(true, request(next, name), NOTHING));
        assertThat(second.getSubject()).isEqualTo(first.getSubject());
        assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        assertThat(second.getSubjectPublicKeyInfo().getEncoded())
                .isEqualTo(next.getPublic().getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void it_reads_the_authorities_and_the_attributes_wanted(String version) throws Exception {
        ESTService service = service(version, Optional.empty());

        assertThat(ESTService.storeToArray(service.getCACerts().getCertificateStore()))
                .hasSize(2);
        assertThat(service.getCSRAttributes().getAttributesResponse().getRequirements())
                .isNotEmpty();
    }

    @AfterAll
    static void forget() {
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    private static X509CertificateHolder issued(EnrollmentResponse response) {
        assertThat(response.canRetry()).isFalse();
        return ESTService.storeToArray(response.getStore())[0];
    }

    private static ESTAuth auth(String name) throws Exception {
        return new JcaHttpAuthBuilder(name, ACME.token("gates", name).toCharArray())
                .setProvider(new BouncyCastleProvider())
                .build();
    }

    private static ESTService service(String version, Optional<KeyManagerFactory> keys) throws Exception {
        URI base = HOUSE.house().devicesUrl();
        JsseESTServiceBuilder builder = new JsseESTServiceBuilder(
                "localhost:" + base.getPort(), JcaJceUtils.getCertPathTrustManager(Set.of(anchor()), new CRL[0]));
        builder.withTLSVersion(version).withLabel("acme.gates");
        keys.ifPresent(it -> builder.withKeyManagers(it.getKeyManagers()));
        return builder.build();
    }

    private static KeyManagerFactory keys(KeyPair key, X509CertificateHolder holder) throws Exception {
        Certificate certificate = new JcaX509CertificateConverter().getCertificate(holder);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setKeyEntry("device", key.getPrivate(), new char[0], new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        return keys;
    }

    private static TrustAnchor anchor() throws Exception {
        String pem = Files.readString(HOUSE.house().data().serverAnchor());
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            X509CertificateHolder holder = (X509CertificateHolder) parser.readObject();
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
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
