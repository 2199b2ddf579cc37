package io.muster.doors.est;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Issued;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.doors.testkit.ObedientReception;
import io.muster.doors.testkit.TestPki;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.io.ByteArrayInputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.est.ESTAuth;
import org.bouncycastle.est.ESTException;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.EnrollmentResponse;
import org.bouncycastle.est.jcajce.JcaHttpAuthBuilder;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.util.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bouncy Castle's EST client, unmodified.
class EstBouncyCastleTest {

    private EstScene scene;

    @BeforeEach
    void open() throws Exception {
        scene = new EstScene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void learns_whom_to_trust_and_what_to_ask_then_enrolls_after_a_challenge(String protocol) throws Exception {
        ESTService client = client(protocol);

        assertThat(all(client.getCACerts().getCertificateStore()))
                .containsExactlyInAnyOrder(EstScene.ISSUING.certificate(), EstScene.ROOT.certificate());
        assertThat(client.getCSRAttributes().getAttributesResponse().getRequirements())
                .isNotEmpty();
        EnrollmentResponse answer = client.simpleEnroll(false, request(), basic());

        assertThat(all(answer.getStore())).containsExactly(EstScene.LEAF);
        EnrollmentRequest asked = scene.reception.asked().getFirst();
        assertThat(asked.scope()).contains("acme");
        assertThat(asked.enrollment().map(Object::toString)).contains("gates");
        assertThat(asked.evidence()).containsExactly(new Evidence.OneTimeToken("s3cr3t"));
    }

    @Test
    void renews_with_its_certificate() throws Exception {
        TestAuthority.Issued device = EstScene.ISSUING.device("gate-1");

        EnrollmentResponse answer = client("TLSv1.3", keys(device)).simpleEnroll(true, request(), null);

        assertThat(all(answer.getStore())).containsExactly(EstScene.LEAF);
        assertThat(scene.reception
                        .asked()
                        .getFirst()
                        .certificate()
                        .orElseThrow()
                        .purpose())
                .isEqualTo(Purpose.RENEW);
    }

    @Test
    void understands_when_to_come_again() throws Exception {
        scene.reception.answer(_ -> new Outcome.Deferred(
                ObedientReception.ATTEMPT, new OperationId(new UUID(1, 1)), Duration.ofSeconds(60)));

        EnrollmentResponse answer = client("TLSv1.3").simpleEnroll(false, request(), basic());

        assertThat(answer.isCompleted()).isFalse();
        assertThat(answer.getNotBefore()).isGreaterThan(System.currentTimeMillis() + 30_000);
    }

    @Test
    void tells_its_user_the_status_of_a_refusal() throws Exception {
        scene.reception.answer(_ -> ObedientReception.refused(new Refusal.DeviceQuarantined()));
        ESTService client = client("TLSv1.3");

        assertThatExceptionOfType(ESTException.class)
                .isThrownBy(() -> client.simpleEnroll(false, request(), basic()))
                .satisfies(refused -> assertThat(refused.getStatusCode()).isEqualTo(403));
    }

    @Test
    void takes_a_key_that_the_server_made() throws Exception {
        byte[] made = TestKeys.p256().getPrivate().getEncoded();
        scene.reception.answer(request -> ObedientReception.certified(
                request,
                Optional.empty(),
                new Issued(EstScene.LEAF, List.of(), EstScene.RENEW, Optional.of(Secret.of(made)))));

        EnrollmentResponse answer = client("TLSv1.3").simpleEnrollWithServersideCreation(request(), basic());

        assertThat(answer.getPrivateKeyInfo().getEncoded()).isEqualTo(made);
        assertThat(all(answer.getStore())).containsExactly(EstScene.LEAF);
    }

    private ESTService client(String protocol, KeyManager... keys) throws Exception {
        return new JsseESTServiceBuilder("localhost:" + scene.port(), trust())
                .withTLSVersion(protocol)
                .withKeyManagers(keys)
                .withLabel("acme.gates")
                .build();
    }

    private X509TrustManager[] trust() throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("server", scene.server);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        return Arrays.stream(factory.getTrustManagers())
                .map(X509TrustManager.class::cast)
                .toArray(X509TrustManager[]::new);
    }

    private static ESTAuth basic() throws Exception {
        return new JcaHttpAuthBuilder("gate-1", "s3cr3t".toCharArray())
                .setProvider(new BouncyCastleProvider())
                .build();
    }

    private static PKCS10CertificationRequest request() throws Exception {
        return new PKCS10CertificationRequest(RequestSpec.of("gate-1").der());
    }

    private static KeyManager[] keys(TestAuthority.Issued device) throws Exception {
        X509Certificate leaf = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(device.der()));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(TestPki.keyStore(new TestPki.Holder(device.keys(), List.of(leaf))), "test".toCharArray());
        return factory.getKeyManagers();
    }

    private static Collection<Bytes> all(Store<X509CertificateHolder> store) throws Exception {
        List<Bytes> certificates = new ArrayList<>();
        for (X509CertificateHolder holder : store.getMatches(null)) {
            certificates.add(Bytes.of(holder.getEncoded()));
        }
        return certificates;
    }
}
