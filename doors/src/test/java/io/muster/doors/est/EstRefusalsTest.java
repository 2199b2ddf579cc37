package io.muster.doors.est;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.door.Challenge;
import io.muster.core.door.Offer;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.ObedientReception;
import io.muster.x509.testkit.RequestSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused, how, and whether anybody but the door has seen it.
class EstRefusalsTest {

    private static final String ENROLL = "/.well-known/est/simpleenroll";

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
    @ValueSource(
            strings = {
                "/.well-known/est",
                "/.well-known/est/fullcmc",
                "/.well-known/est/acme/fullcmc",
                "/.well-known/est/SimpleEnroll",
                "/.well-known/est/simpleenroll2",
                "/.well-known/est/acme",
                "/.well-known/est/Acme/simpleenroll",
                "/.well-known/est/acme./simpleenroll",
                "/.well-known/est/.gates/simpleenroll",
                "/.well-known/est/acme.gates.x/simpleenroll",
                "/.well-known/est/acme%20gates/simpleenroll",
                "/.well-known/est/acme_gates/simpleenroll",
                "/.well-known/est/acme/gates/simpleenroll",
                "/acme/gates/.well-known/est/simpleenroll",
                "/acme/.well-known/est/gates/simpleenroll",
                "/AC/.well-known/est/simpleenroll",
                "/est/simpleenroll",
                "/.well-known/EST/simpleenroll",
                "/.well-known/est/simpleenroll/simpleenroll/x"
            })
    void an_unknown_operation_or_label_is_404_before_anything_happens(String path) throws Exception {
        Caller.Answer answer = scene.call(EstScene.post(path, EstScene.REQUEST, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(scene.reception.untouched()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, simpleenroll, POST",
        "PUT, simplereenroll, POST",
        "GET, serverkeygen, POST",
        "POST, cacerts, GET",
        "DELETE, cacerts, GET",
        "POST, csrattrs, GET"
    })
    void a_wrong_method_is_405_before_anything_happens(String method, String operation, String allowed)
            throws Exception {
        Caller.Answer answer = scene.call(method + " /.well-known/est/" + operation + " HTTP/1.1\r\nHost: x\r\n"
                + EstScene.BASIC + "\r\nContent-Length: 0\r\n\r\n");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.field("allow")).isEqualTo(allowed);
        assertThat(scene.reception.untouched()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/.well-known/est/cacerts, , ",
        "/.well-known/est/acme/cacerts, acme, ",
        "/.well-known/est/acme.gates/csrattrs, acme, gates",
        "/acme.gates/.well-known/est/cacerts, acme, gates",
        "/acme/.well-known/est/csrattrs, acme, "
    })
    void a_label_names_a_tenant_and_maybe_an_enrollment(String path, String tenant, String enrollment)
            throws Exception {
        assertThat(scene.call(EstScene.get(path)).status()).isEqualTo(200);

        ObedientReception.Endpoint asked = scene.reception.offered().getFirst();
        assertThat(asked.scope()).isEqualTo(Optional.ofNullable(tenant));
        assertThat(asked.enrollment().map(Object::toString)).isEqualTo(Optional.ofNullable(enrollment));
    }

    @Test
    void an_endpoint_that_is_nobodys_is_404() throws Exception {
        scene.reception.offer(new Offer.Closed(new Refusal.UnknownTenant()));

        Caller.Answer answer = scene.call(EstScene.get("/.well-known/est/nobody/cacerts"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("unknown_tenant");
    }

    @Test
    void attributes_that_say_nothing_are_204() throws Exception {
        scene.reception.offer(new Offer.Open(List.of(), Set.of()));

        try (Caller caller = scene.caller()) {
            Caller.Answer answer = caller.exchange(EstScene.get("/.well-known/est/csrattrs"));
            assertThat(answer.status()).isEqualTo(204);
            assertThat(answer.field("content-length")).isEmpty();
            assertThat(caller.exchange(EstScene.get("/.well-known/est/csrattrs"))
                            .status())
                    .isEqualTo(204);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer abc",
                "Digest username=\"x\"",
                "Basic",
                "Basic !!!!",
                "Basic Z2F0ZS0x",
                "Basic Z2F0ZS0xOg==",
                "Basic Z2F0ZS0xOnMzY3IzdA",
                "Basic Z2F0ZS0xOv8=",
                "Basic Z2F0ZS0xOgA=",
                "SharedAccessSignature sr=a"
            })
    void credentials_that_are_none_are_challenged_and_the_request_is_not_read(String authorization) throws Exception {
        Caller.Answer answer =
                scene.call(EstScene.post(ENROLL, "garbage", "Authorization: " + authorization, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.field("www-authenticate")).isEqualTo("Basic realm=\"Muster\", charset=\"UTF-8\"");
        assertThat(answer.body()).contains("token_malformed");
        assertThat(scene.reception.asked()).isEmpty();
        assertThat(scene.reception.turnedAway()).hasSize(1);
    }

    @Test
    void who_shows_nothing_is_challenged_whatever_it_sends() throws Exception {
        Caller.Answer answer = scene.call(EstScene.post(ENROLL, "garbage"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.field("www-authenticate")).isNotEmpty();
        assertThat(answer.field("muster-code")).isEqualTo("evidence_missing");
        assertThat(answer.field("muster-attempt")).isEqualTo(ObedientReception.ATTEMPT.toString());
        assertThat(answer.field("content-length")).isEqualTo("0");
        assertThat(scene.reception.turnedAway()).containsExactly(new Refusal.EvidenceMissing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/octet-stream",
                "Content-Type: application/pkcs10x",
                "Content-Type: application/json; application/pkcs10",
                "Content-Type:",
                "X-Nothing: 1"
            })
    void another_media_type_is_415(String type) throws Exception {
        Caller.Answer answer = scene.call(EstScene.post(ENROLL, EstScene.REQUEST, EstScene.BASIC, type));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(scene.reception.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MIIB*AAA|not base64, at position 5",
                "MIIB-AA_|not base64, at position 5",
                "MII|not whole",
                "MIIB=|not whole",
                "MI==MIIB|behind its padding",
                "M===|more padding",
                "====|more padding",
                "MIIB==== |more padding",
                "MB==|stray bits",
                "MII=MII=|behind its padding",
                "-----BEGIN CERTIFICATE REQUEST-----|is PEM",
                "MIIBAAAA|certificate_request_malformed",
                "MAA=|certificate_request_malformed"
            })
    void base64_with_something_wrong_is_400_with_a_sentence_that_says_what(String body, String said) throws Exception {
        Caller.Answer answer = scene.call(EstScene.post(ENROLL, body, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains(said).contains(ObedientReception.ATTEMPT.toString());
        assertThat(scene.reception.asked()).isEmpty();
        assertThat(scene.reception.turnedAway()).hasSize(1);
    }

    @Test
    void raw_der_is_400_and_told_so() throws Exception {
        String der = new String(RequestSpec.of("gate-1").der(), StandardCharsets.ISO_8859_1);

        Caller.Answer answer = scene.call(EstScene.post(ENROLL, der, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("DER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", " \t\n"})
    void a_body_with_nothing_in_it_is_400(String body) throws Exception {
        Caller.Answer answer = scene.call(EstScene.post(ENROLL, body, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("certificate_request_missing");
    }

    @ParameterizedTest
    @ValueSource(ints = {33 * 1024, 70 * 1024})
    void a_body_that_is_too_large_is_413(int size) throws Exception {
        Caller.Answer answer = scene.call(EstScene.post(ENROLL, "A".repeat(size), EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(scene.reception.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", " \t\r\n"})
    void white_space_may_stand_anywhere_and_a_transfer_encoding_means_nothing(String space) throws Exception {
        String body = space + String.join(space, EstScene.REQUEST.split("(?<=\\G.{7})")) + space;

        Caller.Answer answer = scene.call(
                EstScene.post(ENROLL, body, EstScene.BASIC, EstScene.PKCS10, "Content-Transfer-Encoding: binary"));

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_request_that_is_cut_anywhere_is_400() throws Exception {
        byte[] der = Base64.getDecoder().decode(EstScene.REQUEST);
        try (Caller caller = scene.caller()) {
            for (int length = 1; length < der.length; length++) {
                String cut = EstScene.line(Arrays.copyOf(der, length));
                assertThat(caller.exchange(EstScene.post(ENROLL, cut, EstScene.BASIC, EstScene.PKCS10))
                                .status())
                        .as("%d bytes", length)
                        .isEqualTo(400);
            }
        }
        assertThat(scene.reception.asked()).isEmpty();
    }

    @Test
    void a_channel_binding_reaches_the_house_which_refuses_it() throws Exception {
        scene.reception.answer(_ -> ObedientReception.refused(new Refusal.ProofLinkUnsupported()));
        String linked = EstScene.line(RequestSpec.of("gate-1")
                .attribute(
                        PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERPrintableString("AAAAAAAAAAAAAAAA"))
                .der());

        Caller.Answer answer = scene.call(EstScene.post(ENROLL, linked, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("pop_link_unsupported");
        assertThat(scene.reception
                        .asked()
                        .getFirst()
                        .certificate()
                        .orElseThrow()
                        .asked()
                        .channelBinding())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words:s", "../etc:s", "gate-1.:s", "ü:s"})
    void a_user_that_is_no_registration_id_is_400_and_nobody_else_is_tried(String userAndPassword) throws Exception {
        String basic = EstScene.line(userAndPassword.getBytes(StandardCharsets.UTF_8));

        Caller.Answer answer =
                scene.call(EstScene.post(ENROLL, EstScene.REQUEST, "Authorization: Basic " + basic, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed_registration_id");
        assertThat(scene.reception.turnedAway()).containsExactly(new Refusal.MalformedRegistrationId());
    }

    @Test
    void who_is_deferred_is_told_in_seconds_when_to_come_again() throws Exception {
        scene.reception.answer(_ -> new Outcome.Deferred(
                ObedientReception.ATTEMPT, new OperationId(new UUID(3, 4)), Duration.ofSeconds(42)));

        Caller.Answer answer = scene.call(EstScene.post(ENROLL, EstScene.REQUEST, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.field("retry-after")).isEqualTo("42");
        assertThat(answer.field("content-length")).isEqualTo("0");
        assertThat(answer.field("muster-attempt")).isEqualTo(ObedientReception.ATTEMPT.toString());
    }

    @ParameterizedTest
    @EnumSource(Problem.Category.class)
    void every_kind_of_refusal_has_its_status_and_tells_no_operators_detail(Problem.Category category)
            throws Exception {
        Problem problem = new Problem("some_code", category, "Some title", "the inner detail", "the remedy", false);
        scene.reception.answer(_ -> ObedientReception.refused(new Refusal.OperationEnded(problem)));

        Caller.Answer answer = scene.call(EstScene.post(ENROLL, EstScene.REQUEST, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status())
                .isEqualTo(
                        switch (category) {
                            case MALFORMED, UNSUPPORTED -> 400;
                            case UNAUTHENTICATED -> 401;
                            case FORBIDDEN -> 403;
                            case NOT_FOUND -> 404;
                            case CONFLICT -> 409;
                            case TOO_LARGE -> 413;
                            case UNAVAILABLE -> 503;
                        });
        assertThat(answer.field("content-type")).startsWith("text/plain");
        assertThat(answer.body())
                .contains("Some title", "some_code", ObedientReception.ATTEMPT.toString())
                .doesNotContain("inner detail", "remedy");
        assertThat(answer.field("www-authenticate").isEmpty()).isEqualTo(category != Problem.Category.UNAUTHENTICATED);
        assertThat(answer.field("retry-after").isEmpty()).isEqualTo(category != Problem.Category.UNAVAILABLE);
    }

    @Test
    void a_challenge_which_est_cannot_carry_is_refused() throws Exception {
        scene.reception.answer(
                _ -> ObedientReception.challenged(new Challenge.ImportTokenKey(Bytes.of(new byte[] {1}))));

        Caller.Answer answer = scene.call(
                EstScene.post("/.well-known/est/simpleenroll", EstScene.REQUEST, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field("muster-code")).isEqualTo("unsupported");
    }

    @Test
    void a_fault_of_the_server_is_500_with_a_reference_and_nothing_of_itself() throws Exception {
        scene.reception.answer(_ -> {
            throw new IllegalStateException("the password is hunter2");
        });

        Caller.Answer answer = scene.call(EstScene.post(ENROLL, EstScene.REQUEST, EstScene.BASIC, EstScene.PKCS10));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body())
                .contains("internal_error")
                .contains("Reference ")
                .doesNotContain("hunter2");
    }
}
