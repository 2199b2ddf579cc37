package io.muster.doors.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.ObedientReception;
import io.muster.x509.testkit.TestAuthority;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes that the known clients send, and what each of them can read.
class EstClientsTest {

    private EstScene scene;

    @BeforeEach
    void open() throws Exception {
        scene = new EstScene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void strongswan_enrolls_under_a_prefix_with_one_line_and_gets_one_line() throws Exception {
        try (Caller caller = scene.caller("TLSv1.2")) {
            Caller.Answer answer = caller.exchange("POST /acme.gates/.well-known/est/simpleenroll HTTP/1.1\r\n"
                    + "Host: localhost:8443\r\n" + EstScene.BASIC
                    + "\r\nContent-Type: application/pkcs10\r\nContent-Transfer-Encoding: base64\r\n"
                    + "Content-Length: " + EstScene.REQUEST.length() + "\r\n\r\n" + EstScene.REQUEST);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("content-type")).isEqualTo("application/pkcs7-mime; smime-type=certs-only");
            assertThat(answer.field("content-length"))
                    .isEqualTo(Integer.toString(answer.body().length()));
            assertThat(answer.body().lines()).hasSize(1);
            assertThat(answer.body()).hasSizeLessThan(1_000).endsWith("\n");
            assertThat(EstScene.certificates(answer.body())).containsExactly(EstScene.LEAF);
        }
        EnrollmentRequest request = scene.reception.asked().getFirst();
        assertThat(request.door()).isEqualTo("est");
        assertThat(request.scope()).contains("acme");
        assertThat(request.enrollment().map(Object::toString)).contains("gates");
        assertThat(request.registrationId().display()).isEqualTo("gate-1");
        assertThat(request.evidence()).containsExactly(new Evidence.OneTimeToken("s3cr3t"));
        assertThat(request.source()).isEqualTo("127.0.0.1");
        assertThat(request.certificate().orElseThrow().purpose()).isEqualTo(Purpose.ENROLL);
    }

    @Test
    void strongswan_reads_a_chain_in_one_line_with_its_length() throws Exception {
        Caller.Answer answer = scene.call(EstScene.get("/.well-known/est/cacerts"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("content-type")).isEqualTo("application/pkcs7-mime");
        assertThat(answer.field("content-transfer-encoding")).isEqualTo("base64");
        assertThat(answer.field("content-length"))
                .isEqualTo(Integer.toString(answer.body().length()));
        assertThat(answer.field("transfer-encoding")).isEmpty();
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(EstScene.certificates(answer.body()))
                .containsExactly(EstScene.ISSUING.certificate(), EstScene.ROOT.certificate());
    }

    @Test
    void strongswan_renews_with_its_certificate_and_no_password() throws Exception {
        TestAuthority.Issued device = EstScene.ISSUING.device("gate-1");
        try (Caller caller = scene.caller(device.keys(), device.der(), EstScene.ISSUING.der())) {
            Caller.Answer answer = caller.exchange(
                    EstScene.post("/acme/.well-known/est/simplereenroll", EstScene.REQUEST, EstScene.PKCS10));

            assertThat(answer.status()).isEqualTo(200);
        }
        EnrollmentRequest request = scene.reception.asked().getFirst();
        assertThat(request.certificate().orElseThrow().purpose()).isEqualTo(Purpose.RENEW);
        assertThat(request.evidence())
                .containsExactly(
                        new Evidence.CertificateChain(List.of(device.certificate(), EstScene.ISSUING.certificate())));
        assertThat(request.enrollment()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"libest 3.2.0p", "LibEST 4"})
    void libest_asks_first_and_shows_nothing_then_comes_again_and_reads_64_columns(String agent) throws Exception {
        String body = EstScene.columns(EstScene.REQUEST, "\n") + "\n";
        String head = "POST /.well-known/est/acme.gates/simpleenroll HTTP/1.1\r\nUser-Agent: " + agent
                + "\r\nConnection: close\r\nHost: localhost:8443\r\nAccept: */*\r\n"
                + "Content-Type: application/pkcs10\r\nContent-Length: " + body.length() + "\r\n";

        try (Caller caller = scene.caller("TLSv1.2")) {
            Caller.Answer challenge = caller.exchange(head + "\r\n" + body);
            assertThat(challenge.status()).isEqualTo(401);
            assertThat(challenge.field("www-authenticate")).isEqualTo("Basic realm=\"Muster\", charset=\"UTF-8\"");
            assertThat(challenge.field("content-length")).isEqualTo("0");
            assertThat(challenge.field("connection")).isEqualTo("close");
            assertThat(caller.closedByServer()).isTrue();
        }
        assertThat(scene.reception.asked()).isEmpty();

        try (Caller caller = scene.caller("TLSv1.2")) {
            Caller.Answer answer = caller.exchange(head + EstScene.BASIC + "\r\n\r\n" + body);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().lines()).allMatch(line -> line.length() <= 64);
            assertThat(answer.body()).endsWith("\n").doesNotContain("\r");
            assertThat(EstScene.certificates(answer.body())).containsExactly(EstScene.LEAF);
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(caller.closedByServer()).isTrue();
        }
        assertThat(scene.reception.asked()).hasSize(1);
    }

    @Test
    void libest_reads_a_chain_and_attributes_in_64_columns() throws Exception {
        for (String operation : List.of("cacerts", "csrattrs")) {
            Caller.Answer answer = scene.call(
                    EstScene.get("/.well-known/est/" + operation, "User-Agent: libest 3.2.0p", "Connection: close"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().lines()).allMatch(line -> line.length() <= 64);
            assertThat(answer.body()).endsWith("\n").doesNotContain("\r");
        }
    }

    @Test
    void libest_compares_the_names_of_fields_letter_by_letter() throws Exception {
        try (Caller caller = scene.caller()) {
            List<String> answer = caller.send(EstScene.get("/.well-known/est/cacerts", "Connection: close"))
                    .readLines();
            assertThat(answer)
                    .anyMatch(line -> line.startsWith("Content-Length: "))
                    .anyMatch(line -> line.equals("Content-Type: application/pkcs7-mime"))
                    .anyMatch(line -> line.equals("Connection: close"));
        }
        try (Caller caller = scene.caller()) {
            assertThat(caller.send(EstScene.post("/.well-known/est/simpleenroll", EstScene.REQUEST))
                            .readLines())
                    .contains("Content-Length: 0")
                    .anyMatch(line -> line.startsWith("WWW-Authenticate: Basic "));
        }
    }

    @Test
    void bouncy_castle_sends_64_columns_and_wants_the_connection_closed() throws Exception {
        String body = EstScene.columns(EstScene.REQUEST, "\r\n");
        try (Caller caller = scene.caller()) {
            Caller.Answer answer = caller.exchange(EstScene.post(
                    "/.well-known/est/simpleenroll", body, EstScene.BASIC, EstScene.PKCS10, "Connection: close"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void curl_keeps_its_connection_and_announces_its_body() throws Exception {
        try (Caller caller = scene.caller()) {
            caller.send("POST /.well-known/est/simpleenroll HTTP/1.1\r\nHost: localhost\r\nUser-Agent: curl/7.88.1\r\n"
                    + EstScene.BASIC + "\r\n" + EstScene.PKCS10 + "\r\nExpect: 100-continue\r\nContent-Length: "
                    + EstScene.REQUEST.length() + "\r\n\r\n");
            assertThat(caller.readHead().status()).isEqualTo(100);
            assertThat(caller.exchange(EstScene.REQUEST).status()).isEqualTo(200);
            assertThat(caller.exchange(EstScene.get("/.well-known/est/cacerts")).status())
                    .isEqualTo(200);
            assertThat(caller.exchange(EstScene.get("/.well-known/est/csrattrs"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_request_that_comes_byte_by_byte_is_the_same_request() throws Exception {
        String request =
                EstScene.post("/.well-known/est/simpleenroll", EstScene.REQUEST, EstScene.BASIC, EstScene.PKCS10);
        try (Caller caller = scene.caller()) {
            for (int i = 0; i < request.length(); i++) {
                caller.send(request.substring(i, i + 1));
            }
            assertThat(caller.read().status()).isEqualTo(200);
        }
        assertThat(scene.reception.asked()).hasSize(1);
    }

    @Test
    void a_user_and_a_password_may_have_any_character_of_utf_8() throws Exception {
        String basic = EstScene.line("gate-1:päss:wörd✓".getBytes(StandardCharsets.UTF_8));

        scene.call(EstScene.post(
                "/.well-known/est/simpleenroll", EstScene.REQUEST, "Authorization: bAsIc " + basic, EstScene.PKCS10));

        assertThat(scene.reception.asked().getFirst().evidence())
                .containsExactly(new Evidence.OneTimeToken("päss:wörd✓"));
    }

    @Test
    void a_certificate_and_a_token_are_both_passed_on_and_the_user_is_the_name() throws Exception {
        TestAuthority.Issued device = EstScene.ROOT.device("Maker 4711");
        try (Caller caller = scene.caller(device.keys(), device.der())) {
            caller.exchange(
                    EstScene.post("/.well-known/est/simpleenroll", EstScene.REQUEST, EstScene.BASIC, EstScene.PKCS10));
        }

        EnrollmentRequest request = scene.reception.asked().getFirst();
        assertThat(request.registrationId().display()).isEqualTo("gate-1");
        assertThat(request.evidence())
                .containsExactly(
                        new Evidence.CertificateChain(List.of(device.certificate())),
                        new Evidence.OneTimeToken("s3cr3t"));
    }

    @Test
    void who_shows_a_certificate_alone_is_called_as_it_says_else_as_the_request_says() throws Exception {
        TestAuthority.Issued plain = EstScene.ROOT.device("Gate-9");
        TestAuthority.Issued spaced = EstScene.ROOT.device("Maker 4711");
        for (TestAuthority.Issued device : List.of(plain, spaced)) {
            try (Caller caller = scene.caller(device.keys(), device.der())) {
                caller.exchange(EstScene.post("/.well-known/est/simpleenroll", EstScene.REQUEST, EstScene.PKCS10));
            }
        }

        assertThat(scene.reception.asked())
                .extracting(request -> request.registrationId().display())
                .containsExactly("Gate-9", "gate-1");
    }

    @Test
    void who_names_no_user_is_called_as_the_request_says() throws Exception {
        String basic = EstScene.line(":s3cr3t".getBytes(StandardCharsets.UTF_8));

        scene.call(EstScene.post(
                "/.well-known/est/simpleenroll", EstScene.REQUEST, "Authorization: Basic " + basic, EstScene.PKCS10));

        assertThat(scene.reception.asked().getFirst().registrationId().display())
                .isEqualTo("gate-1");
    }

    @Test
    void a_certificate_that_proves_nothing_is_refused_as_the_house_says() throws Exception {
        scene.reception.answer(_ -> ObedientReception.refused(new Refusal.AuthorityUnknown("CN=x", "none")));
        TestAuthority.Issued device = TestAuthority.root("Rogue").device("gate-1");
        try (Caller caller = scene.caller(device.keys(), device.der())) {
            Caller.Answer answer =
                    caller.exchange(EstScene.post("/.well-known/est/simpleenroll", EstScene.REQUEST, EstScene.PKCS10));

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.field("www-authenticate")).startsWith("Basic ");
            assertThat(answer.field("muster-code")).isEqualTo("ca_unknown");
            assertThat(answer.body()).isEmpty();
        }
    }

    @Test
    void the_answer_says_when_to_come_for_the_next_certificate() throws Exception {
        Caller.Answer answer = scene.call(
                EstScene.post("/.well-known/est/simpleenroll", EstScene.REQUEST, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.field("muster-renew-after")).isEqualTo("Tue, 01 Dec 2026 08:09:10 GMT");
    }

    @Test
    void the_request_reaches_the_house_as_it_was_sent() throws Exception {
        scene.call(EstScene.post(
                "/.well-known/est/simpleenroll",
                EstScene.REQUEST,
                EstScene.BASIC,
                "Content-Type: Application/PKCS10 ; x=y"));

        assertThat(scene.reception
                        .asked()
                        .getFirst()
                        .certificate()
                        .orElseThrow()
                        .der())
                .isEqualTo(Bytes.of(Base64.getDecoder().decode(EstScene.REQUEST)));
    }
}
