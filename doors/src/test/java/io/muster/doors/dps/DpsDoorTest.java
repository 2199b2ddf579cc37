package io.muster.doors.dps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.core.door.Change;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.HttpAnswer;
import io.muster.doors.listener.HttpExchange;
import io.muster.doors.listener.HttpFields;
import io.muster.doors.listener.RequestTarget;
import io.muster.doors.listener.TlsPeer;
import io.muster.doors.testkit.ObedientReception;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DpsDoorTest {

    private static final String REGISTER = "/acme/registrations/Pump-1/register?api-version=2019-03-31";
    private static final String TOKEN = "sr=acme/registrations/Pump-1&sig=c2ln&se=1900000000&skn=";
    private static final OperationId OPERATION = new OperationId(new UUID(3, 4));
    private static final String STATUS =
            "/acme/registrations/Pump-1/operations/" + OPERATION + "?api-version=2019-03-31";

    private final ObedientReception reception = new ObedientReception();
    private final DpsDoor door = new DpsDoor(reception, InstantSource.fixed(Instant.parse("2026-11-23T10:00:00.5Z")));

    @Test
    void a_fault_of_the_server_is_answered_in_the_form_that_the_sdks_read_and_tells_nothing_of_itself()
            throws Exception {
        reception.answer(request -> {
            throw new IllegalStateException("the password is hunter2");
        });

        HttpAnswer answer = put(REGISTER, "{\"registrationId\":\"pump-1\"}");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(json(answer).path("errorCode").asInt()).isEqualTo(500000);
        assertThat(json(answer).path("trackingId").asText()).isNotEmpty();
        assertThat(json(answer).toString()).doesNotContain("hunter2");
    }

    @Test
    void a_first_registration_is_assigned_at_once_with_every_field_that_the_sdks_read() throws Exception {
        HttpAnswer answer = put(REGISTER, "{\"registrationId\":\"pump-1\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.fields()).containsEntry("Content-Type", "application/json; charset=utf-8");
        JsonNode body = json(answer);
        assertThat(body.path("operationId").asText()).isNotEmpty();
        assertThat(body.path("status").asText()).isEqualTo("assigned");
        JsonNode state = body.path("registrationState");
        assertThat(state.path("registrationId").asText()).isEqualTo("Pump-1");
        assertThat(state.path("assignedHub").asText()).isEqualTo("eu-1.example.com");
        assertThat(state.path("deviceId").asText()).isEqualTo("dev-pump-1");
        assertThat(state.path("status").asText()).isEqualTo("assigned");
        assertThat(state.path("substatus").asText()).isEqualTo("initialAssignment");
        assertThat(state.path("createdDateTimeUtc").asText()).isEqualTo("2026-05-04T03:02:01.0000000Z");
        assertThat(state.path("lastUpdatedDateTimeUtc").asText()).isEqualTo("2026-06-05T04:03:02.1234567Z");
        assertThat(state.path("etag").asText()).isNotEmpty();
        assertThat(state.has("payload")).isFalse();
        assertThat(state.has("x509")).isFalse();
    }

    @Test
    void scope_name_source_and_token_reach_the_reception_as_sent() {
        put(REGISTER, "{}");

        EnrollmentRequest request = reception.asked().getFirst();
        assertThat(request.door()).isEqualTo("dps-https");
        assertThat(request.scope()).contains("acme");
        assertThat(request.registrationId().display()).isEqualTo("Pump-1");
        assertThat(request.source()).isEqualTo("127.0.0.1");
        assertThat(request.payload()).isEmpty();
        assertThat(request.evidence())
                .containsExactly(new Evidence.SharedAccessSignature(TOKEN, "acme/registrations/Pump-1"));
    }

    @Test
    void a_certificate_and_a_token_are_both_passed_on() {
        Bytes leaf = Bytes.of(new byte[] {1, 2});
        door.answer(exchange("PUT", REGISTER, "", Map.of("authorization", "SharedAccessSignature " + TOKEN), leaf));

        assertThat(reception.asked().getFirst().evidence())
                .containsExactly(
                        new Evidence.CertificateChain(List.of(leaf)),
                        new Evidence.SharedAccessSignature(TOKEN, "acme/registrations/Pump-1"));
    }

    @Test
    void no_evidence_at_all_is_for_the_reception_to_refuse() throws Exception {
        reception.answer(_ -> ObedientReception.refused(new Refusal.EvidenceMissing()));

        HttpAnswer answer = answer(exchange("PUT", REGISTER, "", Map.of()));

        assertThat(reception.asked().getFirst().evidence()).isEmpty();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(json(answer).path("errorCode").asInt()).isEqualTo(401201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer x", "SharedAccessSignaturesr=a", ""})
    void another_scheme_of_authorization_is_refused(String authorization) {
        HttpAnswer answer = answer(exchange("PUT", REGISTER, "", Map.of("authorization", authorization)));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(reception.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019-03-31", "2021-06-01", "2021-10-01", "2025-02-01-preview", "2030-12-31"})
    void api_versions_of_the_sdks_and_newer_are_served(String version) {
        assertThat(put("/acme/registrations/Pump-1/register?api-version=" + version, "{}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?api-version=",
                "?api-version=2018-11-01",
                "?api-version=2019-02-30",
                "?api-version=latest",
                "?api-version=+2019-03-31",
                "?Api-Version=2019-03-31"
            })
    void a_missing_or_unknown_api_version_is_400(String query) throws Exception {
        HttpAnswer answer = put("/acme/registrations/Pump-1/register" + query, "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("errorCode").asInt()).isEqualTo(400201);
        assertThat(reception.asked()).isEmpty();
    }

    @Test
    void facts_of_1_mb_or_100_levels_reach_nobody() {
        assertThat(put(REGISTER, "{\"payload\":\"" + "x".repeat(1024 * 1024) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(put(REGISTER, "{\"payload\":" + "[".repeat(100) + "]".repeat(100) + "}")
                        .status())
                .isEqualTo(400);
        assertThat(reception.asked()).isEmpty();
    }

    @Test
    void node_may_force_a_registration() {
        assertThat(put(REGISTER + "&forceRegistration=true", "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%20b", "a!", "%24%7Bjndi:x%7D", "x.", "'--"})
    void a_name_that_is_none_is_turned_away(String name) throws Exception {
        HttpAnswer answer = put("/acme/registrations/" + name + "/register?api-version=2019-03-31", "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("errorCode").asInt()).isEqualTo(400202);
        assertThat(reception.turnedAway()).containsExactly(new Refusal.MalformedRegistrationId());
    }

    @Test
    void a_name_of_129_characters_is_turned_away() {
        put("/acme/registrations/" + "a".repeat(129) + "/register?api-version=2019-03-31", "{}");

        assertThat(reception.turnedAway()).containsExactly(new Refusal.MalformedRegistrationId());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /acme/registrations/p/register, PUT",
        "DELETE, /acme/registrations/p/register, PUT",
        "HEAD, /acme/registrations/p/register, PUT",
        "put, /acme/registrations/p/register, PUT",
        "POST, /acme/registrations/p/operations/1, GET",
        "GET, /acme/registrations/p, POST",
        "DELETE, /acme/registrations/p, POST"
    })
    void a_wrong_method_is_405_without_any_effect(String method, String path, String allowed) {
        HttpAnswer answer = answer(exchange(method, path, "", Map.of()));

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.fields()).containsEntry("Allow", allowed);
        assertThat(reception.asked()).isEmpty();
        assertThat(reception.turnedAway()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/acme",
                "/acme/registrations",
                "/acme/enrollments/p",
                "/acme/registrations/p/Register",
                "/acme/registrations/p/unregister",
                "/acme/registrations/p/register/now",
                "/acme/registrations/p/operations",
                "/acme/registrations/p/operations/1/2",
                "/enrollments/p",
                "/registrations/p"
            })
    void other_paths_are_not_of_this_door(String path) {
        assertThat(door.answer(exchange("PUT", path, "", Map.of()))).isEmpty();
    }

    @Test
    void a_deferred_registration_is_202_with_a_wait_that_every_sdk_honors() throws Exception {
        reception.answer(_ -> new Outcome.Deferred(ObedientReception.ATTEMPT, OPERATION, Duration.ofMinutes(3)));

        HttpAnswer answer = put(REGISTER, "{}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.fields()).containsEntry("Retry-After", "5");
        assertThat(json(answer).path("operationId").asText()).isEqualTo(OPERATION.toString());
        assertThat(json(answer).path("status").asText()).isEqualTo("assigning");
    }

    @Test
    void a_wait_is_never_shorter_than_two_seconds() {
        reception.answer(_ -> new Outcome.Deferred(ObedientReception.ATTEMPT, OPERATION, Duration.ZERO));

        assertThat(put(REGISTER, "{}").fields()).containsEntry("Retry-After", "2");
    }

    @Test
    void a_poll_with_the_body_that_node_sends_finds_the_operation_done() throws Exception {
        HttpAnswer answer = answer(exchange("GET", STATUS, "{}", Map.of()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(json(answer).path("operationId").asText()).isEqualTo(OPERATION.toString());
        assertThat(json(answer).path("status").asText()).isEqualTo("assigned");
        assertThat(reception.operations()).containsExactly(OPERATION);
    }

    @Test
    void a_refusal_that_ends_an_operation_is_its_failed_result() throws Exception {
        reception.answer(_ -> new Outcome.Refused(
                ObedientReception.ATTEMPT, new Refusal.EnrollmentDisabled("pumps"), Optional.of(OPERATION)));

        HttpAnswer answer = answer(exchange("GET", STATUS, "", Map.of()));

        assertThat(answer.status()).isEqualTo(200);
        JsonNode body = json(answer);
        assertThat(body.path("operationId").asText()).isEqualTo(OPERATION.toString());
        assertThat(body.path("status").asText()).isEqualTo("failed");
        JsonNode state = body.path("registrationState");
        assertThat(state.path("status").asText()).isEqualTo("failed");
        assertThat(state.path("registrationId").asText()).isEqualTo("Pump-1");
        assertThat(state.path("errorCode").isInt()).isTrue();
        assertThat(state.path("errorMessage").asText())
                .contains("enrollment_disabled")
                .contains(ObedientReception.ATTEMPT.toString());
    }

    @Test
    void a_poll_for_an_operation_that_is_no_number_of_ours_is_unknown() throws Exception {
        HttpAnswer answer =
                answer(exchange("GET", "/acme/registrations/p/operations/4.abc?api-version=2019-03-31", "", Map.of()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(json(answer).path("errorCode").asInt()).isEqualTo(404204);
        assertThat(reception.operations()).isEmpty();
    }

    @Test
    void a_look_up_answers_the_state_by_itself() throws Exception {
        reception.answer(request -> ObedientReception.enrolled(request, Change.MIGRATED, Optional.empty()));

        HttpAnswer answer =
                answer(exchange("POST", "/acme/registrations/Pump-1?api-version=2021-06-01", "{}", Map.of()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(json(answer).path("assignedHub").asText()).isEqualTo("eu-1.example.com");
        assertThat(json(answer).path("substatus").asText()).isEqualTo("deviceDataMigrated");
    }

    @Test
    void a_refusal_is_an_error_in_azures_form_and_tells_no_operators_detail() throws Exception {
        reception.answer(_ -> ObedientReception.refused(new Refusal.AuthorityUnknown("CN=rogue", "CN=secret anchor")));

        HttpAnswer answer = put(REGISTER, "{}");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.fields()).containsEntry("x-ms-error-code", "401222");
        JsonNode body = json(answer);
        assertThat(body.path("errorCode").asInt()).isEqualTo(401222);
        assertThat(body.path("trackingId").asText()).isEqualTo(ObedientReception.ATTEMPT.toString());
        assertThat(body.path("message").asText()).contains("ca_unknown");
        assertThat(body.path("info").path("code").asText()).isEqualTo("ca_unknown");
        assertThat(body.path("timestampUtc").asText()).isEqualTo("2026-11-23T10:00:00.5000000Z");
        assertThat(text(answer)).doesNotContain("secret anchor").doesNotContain("rogue");
    }

    @Test
    void a_payload_goes_up_as_the_value_that_node_sends() {
        put(REGISTER, "{\"payload\" : { \"a\" : [1, 2.50, 1E2, true, null, \"x\\u00e9\"] } }");

        assertThat(payload()).isEqualTo("{\"a\":[1,2.50,1E2,true,null,\"xé\"]}");
    }

    @Test
    void a_payload_that_java_sends_inside_a_string_is_the_same_value() {
        put(REGISTER, "{\"payload\":\"{\\\"a\\\" : 1}\"}");

        assertThat(payload()).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"hello\"|\"hello\"", "\"5\"|\"5\"", "\"{broken\"|\"{broken\"", "5|5", "[]|[]", "false|false"})
    void any_other_payload_stays_what_it_is(String sent, String kept) {
        put(REGISTER, "{\"payload\":" + sent + "}");

        assertThat(payload()).isEqualTo(kept);
    }

    @Test
    void a_payload_goes_down_as_an_object() throws Exception {
        reception.answer(request ->
                ObedientReception.enrolled(request, Change.INITIAL, Optional.of(new Json("{\"server\":\"x\"}"))));

        JsonNode state = json(put(REGISTER, "{}")).path("registrationState");

        assertThat(state.path("payload").path("server").asText()).isEqualTo("x");
    }

    @Test
    void a_payload_that_is_no_object_never_goes_down_because_java_would_fail_on_it() throws Exception {
        reception.answer(request -> ObedientReception.enrolled(request, Change.INITIAL, Optional.of(new Json("[1]"))));

        assertThat(json(put(REGISTER, "{}")).path("registrationState").has("payload"))
                .isFalse();
    }

    @Test
    void the_name_in_the_body_must_be_the_one_in_the_path() throws Exception {
        HttpAnswer answer = put(REGISTER, "{\"registrationId\":\"pump-2\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("errorCode").asInt()).isEqualTo(400201);
        assertThat(reception.asked()).isEmpty();
    }

    @Test
    void fields_of_newer_versions_are_tolerated() {
        assertThat(put(REGISTER, "{\"csr\":\"MII\",\"new\":{\"x\":[{}]},\"registrationId\":\"PUMP-1\"}")
                        .status())
                .isEqualTo(200);
    }

    private String payload() {
        return reception.asked().getFirst().payload().map(Json::text).orElse("");
    }

    private HttpAnswer put(String target, String body) {
        return answer(exchange("PUT", target, body, Map.of("authorization", "SharedAccessSignature " + TOKEN)));
    }

    private HttpAnswer answer(HttpExchange exchange) {
        return door.answer(exchange).orElseThrow();
    }

    private static HttpExchange exchange(
            String method, String target, String body, Map<String, String> fields, Bytes... chain) {
        return new HttpExchange(
                method,
                RequestTarget.parse(target).orElseThrow(),
                HttpFields.of(fields),
                Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
                new TlsPeer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000),
                        List.of(chain),
                        Optional.empty()));
    }

    private static JsonNode json(HttpAnswer answer) throws Exception {
        return new ObjectMapper().readTree(text(answer));
    }

    private static String text(HttpAnswer answer) {
        return new String(answer.body().toArray(), StandardCharsets.UTF_8);
    }
}
