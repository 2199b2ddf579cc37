package io.muster.fleet.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.UnprovenDevice;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.dps.PretendDps.Answer;
import io.muster.fleet.dps.PretendDps.Seen;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EstClientTest {

    private static final Keysmith KEYSMITH = new Keysmith();
    private static final Maker MAKER = Maker.found("Acme");
    private static final Patience PATIENCE = Patience.once().within(Duration.ofSeconds(10));
    private static final Applicant GATE =
            new Applicant(new TokenDevice("gate-1", "s3cret"), KEYSMITH.request("gate-1"));

    @Test
    void a_device_with_a_token_gets_a_certificate_on_its_key() throws Exception {
        try (PretendEst server = new PretendEst()) {
            X509Device operational = issued(enroll(server, GATE));

            assertThat(operational.registrationId()).isEqualTo("gate-1");
            assertThat(GATE.request().isFor(publicKey(operational))).isTrue();
            Seen request = server.seen().getFirst();
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/.well-known/est/acme.gates/simpleenroll");
            assertThat(request.shown()).isEmpty();
            assertThat(request.headers())
                    .containsEntry("Content-Type", "application/pkcs10")
                    .containsEntry("Connection", "close")
                    .containsEntry("Authorization", "Basic " + base64("gate-1:s3cret"));
        }
    }

    @Test
    void the_request_goes_in_lines_of_64_columns() throws Exception {
        try (PretendEst server = new PretendEst()) {
            issued(enroll(server, GATE));

            String body = server.seen().getFirst().body();
            assertThat(body).endsWith("\n");
            assertThat(body.lines().toList().subList(0, 4))
                    .allSatisfy(line -> assertThat(line).hasSize(64));
            PKCS10CertificationRequest request = PretendAuthority.parse(body);
            assertThat(request.getSubject()).isEqualTo(new X500Name("CN=gate-1"));
            assertThat(request.getEncoded()).isEqualTo(GATE.request().der());
        }
    }

    @Test
    void a_device_with_a_makers_certificate_shows_it_in_the_handshake() throws Exception {
        try (PretendEst server = new PretendEst()) {
            X509Device pump = MAKER.make("pump-1");
            X509Device operational = issued(enroll(server, new Applicant(pump, KEYSMITH.request("pump-1"))));

            Seen request = server.seen().getFirst();
            assertThat(request.shown()).hasSize(2);
            assertThat(request.shown().getFirst().getEncoded()).isEqualTo(pump.certificate());
            assertThat(request.headers()).doesNotContainKey("Authorization");
            assertThat(operational.certificate()).isNotEqualTo(pump.certificate());
        }
    }

    @Test
    void a_device_that_proves_nothing_asks_all_the_same() throws Exception {
        try (PretendEst server = new PretendEst((_, _) -> PretendEst.refusal(401, "who are you?"))) {
            Device meter = GroupKey.fromBase64("c2VjcmV0LWdyb3VwLWtleQ==").make("meter-1");
            for (Device device : List.of(new UnprovenDevice("meter-1"), meter)) {
                assertThat(enroll(server, new Applicant(device, KEYSMITH.request("meter-1"))))
                        .isEqualTo(new Issuance.Refused(401, "who are you?"));
                assertThat(server.seen().getLast().headers()).doesNotContainKey("Authorization");
                assertThat(server.seen().getLast().shown()).isEmpty();
            }
        }
    }

    @Test
    void a_renewal_shows_the_certificate_in_use_and_brings_the_next_one() throws Exception {
        try (PretendEst server = new PretendEst()) {
            X509Device first = issued(enroll(server, GATE));
            CertificateRequest next = KEYSMITH.renewal(first);
            X509Device second = renewed(reenroll(server, new Applicant(first, next)));
            X509Device third = renewed(reenroll(server, new Applicant(second, next)));

            assertThat(server.seen())
                    .extracting(Seen::path)
                    .containsExactly(
                            "/.well-known/est/acme.gates/simpleenroll",
                            "/.well-known/est/acme.gates/simplereenroll",
                            "/.well-known/est/acme.gates/simplereenroll");
            assertThat(shown(server.seen().get(1))).isEqualTo(first.certificate());
            assertThat(shown(server.seen().get(2))).isEqualTo(second.certificate());
            assertThat(server.seen().get(1).headers()).doesNotContainKey("Authorization");
            assertThat(next.isFor(publicKey(second))).isTrue();
            assertThat(GATE.request().isFor(publicKey(second))).isFalse();
            assertThat(third.serialNumber()).isGreaterThan(second.serialNumber());
        }
    }

    @Test
    void intermediates_in_the_answer_are_shown_at_the_renewal_and_a_root_is_not() throws Exception {
        try (PretendEst server = new PretendEst((request, authority) -> {
            PKCS10CertificationRequest csr = PretendAuthority.parse(request.body());
            X500Name root = new X500Name("CN=Root");
            Instant end = Instant.now().plus(Duration.ofDays(1));
            return PretendEst.pkcs7(PretendAuthority.lines(
                    authority.certify(root, root, PretendAuthority.foreignKey(), end),
                    authority.certify(root, new X500Name("CN=Issuing"), PretendAuthority.foreignKey(), end),
                    authority.certify(csr)));
        })) {
            X509Device first = issued(enroll(server, GATE));
            renewed(reenroll(server, new Applicant(first, GATE.request())));

            assertThat(server.seen().getLast().shown())
                    .extracting(certificate -> ((X509Certificate) certificate)
                            .getSubjectX500Principal()
                            .getName())
                    .containsExactly("CN=gate-1", "CN=Issuing");
        }
    }

    @Test
    void a_certificate_for_a_foreign_key_is_a_loss() throws Exception {
        try (PretendEst server =
                new PretendEst((request, authority) -> PretendEst.pkcs7(PretendAuthority.lines(authority.certify(
                        PretendAuthority.parse(request.body()).getSubject(), PretendAuthority.foreignKey()))))) {
            assertThat(enroll(server, GATE))
                    .isEqualTo(new Issuance.Lost("the answer has no certificate for the device's key"));
        }
    }

    @Test
    void a_deferred_device_sends_the_same_request_again_on_a_new_connection() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (PretendEst server = new PretendEst((request, authority) -> requests.incrementAndGet() == 1
                ? new Answer(202, "text/plain", Map.of("Retry-After", "1"), "later")
                : PretendEst.certify(request, authority))) {
            Certification certification = certify(server, EstClient::enroll, GATE, PATIENCE);

            assertThat(certification.issuance()).isInstanceOf(Issuance.Issued.class);
            assertThat(certification.latency()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(server.seen()).hasSize(2);
            assertThat(server.seen().get(1).body())
                    .isEqualTo(server.seen().get(0).body());
            assertThat(server.seen()).extracting(Seen::connection).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void a_refusal_is_final_and_carries_the_servers_words(int status) throws Exception {
        try (PretendEst server = new PretendEst((_, _) -> PretendEst.refusal(status, "no\r\nway"))) {
            Certification end = certify(server, EstClient::enroll, GATE, Patience.tries(3));

            assertThat(end.issuance()).isEqualTo(new Issuance.Refused(status, "no way"));
            assertThat(server.seen()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void an_overloaded_server_is_asked_again_and_then_believed(int status) throws Exception {
        Patience twice = new Patience(2, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofSeconds(10), 1);
        try (PretendEst server = new PretendEst((_, _) -> PretendEst.refusal(status, "x".repeat(5000)))) {
            assertThat(certify(server, EstClient::enroll, GATE, twice).issuance())
                    .isEqualTo(new Issuance.Refused(status, "x".repeat(200)));
            assertThat(server.seen()).hasSize(2);
        }
    }

    @Test
    void a_lost_answer_is_asked_for_again_with_the_same_request() throws Exception {
        Patience twice = new Patience(2, Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofSeconds(10), 1);
        AtomicInteger requests = new AtomicInteger();
        try (PretendEst server = new PretendEst((request, authority) ->
                requests.incrementAndGet() == 1 ? Answer.hangUp() : PretendEst.certify(request, authority))) {
            assertThat(certify(server, EstClient::enroll, GATE, twice).issuance())
                    .isInstanceOf(Issuance.Issued.class);
            assertThat(server.seen().get(1).body())
                    .isEqualTo(server.seen().get(0).body());
        }
    }

    @Test
    void the_authorities_are_asked_for_without_showing_anything() throws Exception {
        try (PretendEst server = new PretendEst((_, authority) -> PretendEst.pkcs7(PretendAuthority.lines(
                authority.certify(new X500Name("CN=Root"), PretendAuthority.foreignKey()),
                authority.certify(new X500Name("CN=Issuing"), PretendAuthority.foreignKey()))))) {
            try (EstClient client = new EstClient(server.target(), PATIENCE, 1)) {
                assertThat(client.authorities()).isInstanceOfSatisfying(Authorities.Known.class, known -> {
                    assertThat(known.subjects()).containsExactlyInAnyOrder("CN=Root", "CN=Issuing");
                    assertThat(known.pem()).containsSubsequence("BEGIN CERTIFICATE", "BEGIN CERTIFICATE");
                });
            }
            assertThat(server.seen().getFirst().method()).isEqualTo("GET");
            assertThat(server.seen().getFirst().path()).isEqualTo("/.well-known/est/acme.gates/cacerts");
            assertThat(server.seen().getFirst().shown()).isEmpty();
        }
    }

    @Test
    void authorities_may_be_withheld_or_unreadable() throws Exception {
        assertThat(authoritiesOf(PretendEst.refusal(404, "no such tenant")))
                .isEqualTo(new Authorities.Withheld(404, "no such tenant"));
        assertThat(authoritiesOf(PretendEst.pkcs7("%"))).isEqualTo(new Authorities.Lost("the answer is not base64"));
        assertThat(authoritiesOf(Answer.hangUp())).isEqualTo(new Authorities.Lost("closed without an answer"));
    }

    @Test
    void without_a_label_the_path_has_none() throws Exception {
        try (PretendEst server = new PretendEst()) {
            EstTarget bare =
                    new EstTarget(server.target().base(), server.target().trustAnchorPem(), "");
            try (EstClient client = new EstClient(bare, PATIENCE, 1)) {
                CompletableFuture<Certification> end = new CompletableFuture<>();
                client.enroll(GATE, System.nanoTime(), end::complete);
                issued(end.get(30, TimeUnit.SECONDS).issuance());
            }
            assertThat(server.seen().getFirst().path()).isEqualTo("/.well-known/est/simpleenroll");
        }
    }

    @Test
    void a_token_does_not_print() {
        assertThat(GATE.toString()).contains("gate-1").doesNotContain("s3cret");
    }

    private static Authorities authoritiesOf(Answer answer) throws Exception {
        try (PretendEst server = new PretendEst((_, _) -> answer);
                EstClient client = new EstClient(server.target(), PATIENCE, 1)) {
            return client.authorities();
        }
    }

    private static Issuance enroll(PretendEst server, Applicant applicant) throws Exception {
        return certify(server, EstClient::enroll, applicant, PATIENCE).issuance();
    }

    private static Issuance reenroll(PretendEst server, Applicant applicant) throws Exception {
        return certify(server, EstClient::reenroll, applicant, PATIENCE).issuance();
    }

    private static Certification certify(PretendEst server, Door door, Applicant applicant, Patience patience)
            throws Exception {
        try (EstClient client = new EstClient(server.target(), patience, 1)) {
            CompletableFuture<Certification> end = new CompletableFuture<>();
            door.begin(client, applicant, System.nanoTime(), end::complete);
            return end.get(30, TimeUnit.SECONDS);
        }
    }

    private interface Door {
        void begin(EstClient client, Applicant applicant, long sinceNanos, Consumer<Certification> whenDone);
    }

    private static X509Device issued(Issuance issuance) {
        assertThat(issuance).isInstanceOf(Issuance.Issued.class);
        return ((Issuance.Issued) issuance).operational();
    }

    private static X509Device renewed(Issuance issuance) {
        assertThat(issuance).isInstanceOf(Issuance.Renewed.class);
        return ((Issuance.Renewed) issuance).operational();
    }

    private static byte[] publicKey(X509Device device) throws Exception {
        return new X509CertificateHolder(device.certificate())
                .getSubjectPublicKeyInfo()
                .getEncoded();
    }

    private static byte[] shown(Seen request) throws Exception {
        return request.shown().getFirst().getEncoded();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
