package io.muster.doors.muster;

import static io.muster.doors.muster.NativeScene.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.core.door.Challenge;
import io.muster.core.door.Change;
import io.muster.core.door.Evidence;
import io.muster.core.door.Offer;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.ObedientReception;
import io.muster.doors.testkit.Reached;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the reception decides reaches the device, and nothing else does.
class NativeAnswersTest {

    private static final String ATTEMPT = ObedientReception.ATTEMPT.toString();
    private static final String CHIP = "'registrationId':'g','tpm':{'endorsementKey':'AQ==','attestationKey':'Ag=='}";

    private final NativeScene scene;

    NativeAnswersTest() throws IOException {
        scene = new NativeScene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void an_enrolled_device_learns_its_id_and_where_to_connect() throws Exception {
        scene.reception.answer(request ->
                ObedientReception.enrolled(request, Change.INITIAL, Optional.of(new Json("{\"interval\":60}"))));

        Caller.Answer answer = scene.enroll("{'registrationId':'Gate-1','token':'t'}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("content-type")).isEqualTo("application/json");
        assertThat(json(answer))
                .isEqualTo(tree("{'status':'enrolled','attempt':'" + ATTEMPT
                        + "','registrationId':'Gate-1','deviceId':'dev-gate-1','change':'initial','assignment':"
                        + "{'hub':'eu-1','region':'eu','endpoint':'mqtts://eu-1.example.com:8883'},"
                        + "'type':'pump','payload':{'interval':60}}"));
    }

    @Test
    void a_device_that_asked_for_a_certificate_gets_it_with_what_it_shows_and_whom_it_trusts() throws Exception {
        scene.reception.answer(request -> ObedientReception.certified(request, Optional.empty(), NativeScene.ISSUED));

        JsonNode body = json(scene.enroll("{'registrationId':'gate-1','token':'t'}"));

        assertThat(body.path("certificate").asText()).isEqualTo(pem(NativeScene.ISSUED.certificate()));
        assertThat(body.path("certificateChain").asText())
                .isEqualTo(pem(NativeScene.ISSUED.certificate()) + pem(NativeScene.ISSUING.certificate()));
        assertThat(body.path("certificateAuthorities").asText()).isEqualTo(pem(NativeScene.ROOT.certificate()));
        assertThat(body.path("renewAfter").asText()).isEqualTo("2026-12-01T08:09:10Z");
    }

    @Test
    void a_tpm_is_challenged_and_its_answer_enrolls_it_on_another_connection() throws Exception {
        scene.reception.answer(request -> request.evidence().stream().anyMatch(Evidence.TpmActivation.class::isInstance)
                ? ObedientReception.enrolled(request, Change.INITIAL, Optional.empty())
                : ObedientReception.challenged(NativeScene.ACTIVATE));

        Caller.Answer first = scene.enroll("{" + CHIP + "}");
        String continuation = json(first).path("continuation").asText();
        Caller.Answer second =
                scene.enroll("{" + CHIP + ",'continuation':'" + continuation + "','answer':{'secret':'BA=='}}");

        assertThat(first.status()).isEqualTo(200);
        assertThat(json(first))
                .isEqualTo(tree("{'status':'challenge','attempt':'" + ATTEMPT
                        + "','challenge':{'type':'tpm','credentialBlob':'AQ==','encryptedSecret':'AgM=','nonce':'BAUG'},"
                        + "'continuation':'CQgH','expiresAt':'2026-06-05T04:08:02Z'}"));
        assertThat(json(second).path("status").asText()).isEqualTo("enrolled");
        assertThat(scene.asked().evidence())
                .contains(new Evidence.TpmActivation(ObedientReception.CONTINUATION, NativeScene.octets(4)));
    }

    @Test
    void a_thousand_challenges_that_nobody_answers_leave_nothing() throws Exception {
        Queue<WeakReference<Bytes>> given = new ConcurrentLinkedQueue<>();
        scene.reception.answer(_ -> {
            Bytes continuation = Bytes.of(new byte[200]);
            given.add(new WeakReference<>(continuation));
            return new Outcome.Challenged(ObedientReception.ATTEMPT, NativeScene.ACTIVATE, continuation, Instant.EPOCH);
        });
        String request = Reached.request("POST", "/enroll", ("{" + CHIP + "}").replace('\'', '"'));

        try (Caller caller = scene.reached.caller()) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(caller.exchange(request).status()).isEqualTo(200);
            }
        }

        assertThat(given).hasSize(1_000);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return given.stream().allMatch(reference -> reference.refersTo(null));
        });
    }

    @Test
    void a_challenge_that_this_door_cannot_carry_is_refused() throws Exception {
        scene.reception.answer(_ -> ObedientReception.challenged(new Challenge.ImportTokenKey(NativeScene.octets(1))));

        Caller.Answer answer = scene.enroll("{" + CHIP + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("code").asText()).isEqualTo("unsupported");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "17, 17", "1000000, 86400"})
    void a_deferred_device_is_told_how_long_to_wait(long asked, long told) throws Exception {
        scene.reception.answer(_ -> new Outcome.Deferred(
                ObedientReception.ATTEMPT, new OperationId(new UUID(3, 4)), Duration.ofSeconds(asked)));

        Caller.Answer answer = scene.enroll("{'registrationId':'g','token':'t'}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.field("retry-after")).isEqualTo(Long.toString(told));
        assertThat(json(answer))
                .isEqualTo(tree("{'status':'deferred','attempt':'" + ATTEMPT + "','retryAfter':" + told + "}"));
    }

    @Test
    void a_refusal_tells_its_code_and_title_and_nothing_that_was_found() throws Exception {
        scene.reception.answer(_ -> ObedientReception.refused(new Refusal.EndorsementKeyNotListed("f1nger")));

        Caller.Answer answer = scene.enroll("{" + CHIP + "}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.field("content-type")).isEqualTo("application/problem+json");
        assertThat(json(answer))
                .isEqualTo(tree("{'type':'urn:muster:problem:endorsement_key_not_listed','title':"
                        + "'The TPM is not on the list','status':403,'code':'endorsement_key_not_listed','attempt':'"
                        + ATTEMPT + "','retryable':false}"));
    }

    @Test
    void whoever_proves_nothing_is_told_so_by_401_and_whoever_comes_in_vain_when_to_come_again() throws Exception {
        scene.reception.answer(_ -> ObedientReception.refused(new Refusal.TokenSpent()));
        Caller.Answer unproved = scene.enroll("{'registrationId':'g','token':'t'}");
        scene.reception.answer(_ -> ObedientReception.refused(new Refusal.Unavailable("disk full")));
        Caller.Answer unserved = scene.enroll("{'registrationId':'g','token':'t'}");

        assertThat(unproved.status()).isEqualTo(401);
        assertThat(unproved.field("www-authenticate")).isNotEmpty();
        assertThat(unserved.status()).isEqualTo(503);
        assertThat(unserved.field("retry-after")).isEqualTo("30");
        assertThat(json(unserved).path("retryable").asBoolean()).isTrue();
    }

    @Test
    void a_fault_of_the_server_tells_nothing_of_itself() throws Exception {
        scene.reception.answer(_ -> {
            throw new IllegalStateException("the password is hunter2");
        });

        Caller.Answer answer = scene.enroll("{'registrationId':'g','token':'t'}");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(json(answer).path("code").asText()).isEqualTo("internal_error");
        assertThat(answer.body()).doesNotContain("hunter2");
    }

    @Test
    void anybody_may_ask_for_the_authorities() throws Exception {
        scene.reception.offer(
                new Offer.Open(List.of(NativeScene.ISSUING.certificate(), NativeScene.ROOT.certificate()), Set.of()));

        Caller.Answer answer = scene.reached.call("GET", "/authorities?tenant=acme&enrollment=gates", "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("content-type")).startsWith("application/pem-certificate-chain");
        assertThat(answer.body())
                .isEqualTo(pem(NativeScene.ISSUING.certificate()) + pem(NativeScene.ROOT.certificate()));
        assertThat(scene.reception.offered()).hasSize(1);
        assertThat(scene.reception.offered().getFirst().scope()).contains("acme");
    }

    @ParameterizedTest
    @CsvSource({"enrollment=Gates, 400, 0", "tennant=acme, 400, 0", "tenant=other, 404, 1"})
    void a_question_for_other_authorities_is_refused(String query, int status, int offered) throws Exception {
        Caller.Answer answer = scene.reached.call("GET", "/authorities?" + query, "");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.field("content-type")).isEqualTo("application/problem+json");
        assertThat(scene.reception.offered()).hasSize(offered);
    }

    private static JsonNode tree(String text) throws IOException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    private static String pem(Bytes der) {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der.toArray())
                + "\n-----END CERTIFICATE-----\n";
    }
}
