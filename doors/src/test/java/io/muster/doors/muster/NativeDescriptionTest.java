package io.muster.doors.muster;

import static io.muster.doors.muster.NativeScene.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.muster.core.device.Json;
import io.muster.core.door.Change;
import io.muster.core.door.Offer;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.ObedientReception;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The served description says what the door does: its answers are held against it, field by field.
class NativeDescriptionTest {

    private final NativeScene scene;
    private JsonNode document;

    NativeDescriptionTest() throws IOException {
        scene = new NativeScene();
        document = MissingNode.getInstance();
    }

    @BeforeEach
    void fetch() throws Exception {
        Caller.Answer answer = scene.reached.call("GET", "/openapi.json", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("content-type")).isEqualTo("application/json");
        document = json(answer);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void every_reference_leads_somewhere() {
        List<JsonNode> references = document.findValues("$ref");

        assertThat(references).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.at(reference.asText().substring(1)).isObject())
                .as(reference.asText())
                .isTrue());
    }

    @Test
    void it_describes_every_path_with_its_method_and_no_other() {
        Set<String> described = new TreeSet<>();
        document.path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method + " " + path.getKey())));

        assertThat(described).containsExactly("get /authorities", "get /openapi.json", "post /enroll");
    }

    @Test
    void it_describes_every_field_that_a_request_may_have_and_no_other() {
        assertThat(fields("EnrollmentRequest")).isEqualTo(EnrollmentBody.BODY);
        assertThat(fields("Tpm")).isEqualTo(EnrollmentBody.TPM);
        assertThat(fields("Answer")).isEqualTo(EnrollmentBody.ANSWER);
        assertThat(fields("CertifiedKey")).isEqualTo(EnrollmentBody.CERTIFIED_KEY);
    }

    @Test
    void every_change_is_described() throws Exception {
        for (Change change : Change.values()) {
            scene.reception.answer(
                    request -> ObedientReception.enrolled(request, change, Optional.of(new Json("{\"a\":1}"))));
            held("Enrolled");
        }
    }

    @Test
    void a_certificate_a_challenge_and_a_wait_are_as_described() throws Exception {
        scene.reception.answer(request -> ObedientReception.certified(request, Optional.empty(), NativeScene.ISSUED));
        held("Enrolled");
        scene.reception.answer(_ -> ObedientReception.challenged(NativeScene.ACTIVATE));
        held("Challenge");
        scene.reception.answer(_ -> new Outcome.Deferred(
                ObedientReception.ATTEMPT, new OperationId(new UUID(3, 4)), Duration.ofSeconds(4)));
        held("Deferred");
    }

    @Test
    void every_kind_of_refusal_is_as_described() throws Exception {
        for (Refusal refusal : List.of(
                new Refusal.MalformedRequest("x"),
                new Refusal.Unsupported("x"),
                new Refusal.TokenSpent(),
                new Refusal.DeviceQuarantined(),
                new Refusal.NotEnrolled(),
                new Refusal.IdentityKeyChanged(),
                new Refusal.TooLarge("x", 1),
                new Refusal.Unavailable("x"))) {
            scene.reception.answer(_ -> ObedientReception.refused(refusal));
            held("Problem");
        }
        scene.reception.answer(_ -> {
            throw new IllegalStateException("on purpose");
        });
        held("Problem");
    }

    @Test
    void authorities_come_in_the_form_described() throws Exception {
        scene.reception.offer(new Offer.Open(List.of(NativeScene.ROOT.certificate()), Set.of()));

        Caller.Answer answer = scene.reached.call("GET", "/authorities", "");

        assertThat(content("/authorities", "get", answer).isObject()).isTrue();
    }

    /// Enrolls, and holds the answer against the schema of that name, which the description must give for its status
    /// and its media type.
    private void held(String schema) throws Exception {
        Caller.Answer answer = scene.enroll("{'registrationId':'gate-1','token':'t'}");
        assertThat(content("/enroll", "post", answer).findValues("$ref"))
                .extracting(JsonNode::asText)
                .contains("#/components/schemas/" + schema);
        hold(json(answer), document.at("/components/schemas/" + schema), schema);
    }

    private JsonNode content(String path, String method, Caller.Answer answer) {
        String media = answer.field("content-type");
        return document.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(Integer.toString(answer.status()))
                .path("content")
                .path(media)
                .path("schema");
    }

    private void hold(JsonNode value, JsonNode described, String at) {
        JsonNode schema = described.has("$ref")
                ? document.at(described.path("$ref").asText().substring(1))
                : described;
        assertThat(schema.isObject()).as("%s is described", at).isTrue();
        if (schema.has("const")) {
            assertThat(value).as(at).isEqualTo(schema.path("const"));
        }
        if (schema.has("enum")) {
            assertThat(schema.path("enum")).as(at).contains(value);
        }
        if (schema.has("pattern")) {
            assertThat(value.asText()).as(at).matches(schema.path("pattern").asText());
        }
        if (schema.has("type")) {
            assertThat(type(value)).as(at).isEqualTo(schema.path("type").asText());
        }
        schema.path("required").forEach(name -> assertThat(value.has(name.asText()))
                .as("%s/%s", at, name)
                .isTrue());
        if (schema.has("properties")) {
            value.properties()
                    .forEach(field -> hold(
                            field.getValue(),
                            schema.path("properties").path(field.getKey()),
                            at + "/" + field.getKey()));
        }
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> "null";
        };
    }

    private Set<String> fields(String schema) {
        Set<String> fields = new TreeSet<>();
        JsonNode described = document.at("/components/schemas/" + schema);
        assertThat(described.path("additionalProperties").asBoolean(true)).isFalse();
        described.path("properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }
}
