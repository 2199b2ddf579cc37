package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Role;
import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What all changes have in common: versions, repetition, dry runs; and what a narrowed key can change and see.
final class ChangesTest {

    private static final String TENANT = "/api/v1/tenants/acme";
    private static final String METERS = TENANT + "/enrollments/meters";
    private static final String NEW_METERS = "{\"name\":\"meters\",\"kind\":\"group\",\"proof\":{\"symmetricKey\":{}},"
            + "\"allocation\":{\"policy\":\"hashed\",\"hubs\":[\"eu-1\"]}}";

    /// Asked with a body, and nothing comes of them.
    private static final Set<String> QUESTIONS =
            Set.of("testPolicy", "diffPolicy", "simulateAwsPolicy", "testTemplate", "diffTemplate");

    /// What can be sent again by itself: the same file makes no duplicates.
    private static final Set<String> REPEATABLE = Set.of("createImport");

    private OpenDesk desk;
    private Operator owner;

    @BeforeEach
    void open() {
        desk = new OpenDesk();
        owner = desk.operator();
        owner.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        owner.post(TENANT + "/hubs", hub("eu"));
        owner.post(TENANT + "/enrollments", NEW_METERS);
    }

    @AfterEach
    void close() {
        owner.close();
        desk.close();
    }

    @Test
    void every_change_can_be_dry_and_every_post_can_be_repeated() {
        for (Operation operation : owner.contract().operations()) {
            boolean changes =
                    !operation.getHttpMethod().name().equals("GET") && !QUESTIONS.contains(operation.getOperationId());
            boolean posted = changes
                    && operation.getHttpMethod().name().equals("POST")
                    && !REPEATABLE.contains(operation.getOperationId());
            List<String> known = operation.getParameters().stream()
                    .filter(parameter -> parameter.getIn() != Location.PATH)
                    .map(parameter -> parameter.getName())
                    .toList();
            assertThat(known.contains("dryRun"))
                    .as(operation.getOperationId() + " takes #/components/parameters/DryRun")
                    .isEqualTo(changes);
            assertThat(known.contains("Idempotency-Key"))
                    .as(operation.getOperationId() + " takes #/components/parameters/IdempotencyKey")
                    .isEqualTo(posted);
        }
    }

    @Test
    void of_two_operators_that_saw_the_same_version_one_changes_it() {
        String seen = owner.get(METERS).raw().headers().firstValue("ETag").orElseThrow();
        assertThat(seen).isEqualTo("\"1\"");
        var first = owner.patch(METERS, "{\"enabled\":false}", "If-Match", seen);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.raw().headers().firstValue("ETag")).contains("\"2\"");
        var second = owner.patch(METERS, "{\"type\":\"meter\"}", "If-Match", seen);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.json().getString("remedy")).contains("Read it again");
        assertThat(owner.post(METERS + "/keys/rotate", "", "If-Match", seen).status())
                .isEqualTo(412);
        assertThat(owner.patch(METERS, "{\"type\":\"meter\"}", "If-Match", "\"2\"")
                        .status())
                .isEqualTo(200);
        assertThat(owner.patch(METERS, "{\"type\":\"m\"}", "If-Match", "*").status())
                .isEqualTo(200);
        assertThat(owner.patch(METERS, "{\"type\":\"m\"}", "If-Match", "W/\"4\"")
                        .status())
                .isEqualTo(400);
        assertThat(owner.get(METERS).json().getString("type")).isEqualTo("m");
    }

    @Test
    void what_has_no_versions_is_changed_only_as_it_was_seen() {
        for (String path : List.of(TENANT, TENANT + "/hubs/eu-1")) {
            String seen = owner.get(path).raw().headers().firstValue("ETag").orElseThrow();
            var first = owner.patch(path, "{\"enabled\":false}", "If-Match", seen);
            assertThat(first.status()).as(path).isEqualTo(200);
            assertThat(first.raw().headers().firstValue("ETag"))
                    .isEqualTo(owner.get(path).raw().headers().firstValue("ETag"))
                    .isNotEqualTo(Optional.of(seen));
            assertThat(owner.patch(path, "{\"enabled\":true}", "If-Match", seen).status())
                    .as(path)
                    .isEqualTo(412);
            assertThat(owner.patch(path, "{\"enabled\":true}", "If-Match", "*").status())
                    .as(path)
                    .isEqualTo(200);
        }
    }

    @Test
    void a_condition_that_an_operation_does_not_know_is_not_passed_over() {
        assertThat(owner.post("/api/v1/tenants", "{\"name\":\"x\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(400);
        assertThat(owner.patch(METERS, "{\"enabled\":false}", "Idempotency-Key", "k")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_request_that_is_sent_again_gets_the_same_answer_and_happens_once() {
        String body = "{\"name\":\"ci\",\"role\":\"viewer\"}";
        var first = owner.post(TENANT + "/keys", body, "Idempotency-Key", "k-1");
        var again = owner.post(TENANT + "/keys", " " + body, "Idempotency-Key", "k-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.raw().headers().firstValue("Location"))
                .isEqualTo(first.raw().headers().firstValue("Location"));
        assertThat(again.raw().headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(items(TENANT + "/keys")).hasSize(1);

        var other = owner.post(TENANT + "/keys", body.replace("ci", "cd"), "Idempotency-Key", "k-1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(owner.post("/api/v1/keys", body, "Idempotency-Key", "k-1").status())
                .isEqualTo(422);
        String stranger = desk.principals().key(Role.OWNER, Scope.of(new Name("acme")));
        try (Operator colleague = desk.stranger(Optional.of(stranger))) {
            assertThat(colleague
                            .post(TENANT + "/keys", body, "Idempotency-Key", "k-1")
                            .raw()
                            .headers()
                            .firstValue("Idempotent-Replayed"))
                    .isEmpty();
        }
        for (String malformed : List.of("k".repeat(129), "a b", "a\u00fc")) {
            String key = malformed.replace("\u00fc", "%");
            assertThat(owner.post(TENANT + "/keys", body, "Idempotency-Key", key)
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_refusal_is_repeated_and_a_fault_is_not_kept() {
        var refused = owner.post("/api/v1/tenants", "{\"name\":\"acme\"}", "Idempotency-Key", "k-2");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(owner.post("/api/v1/tenants", "{\"name\":\"acme\"}", "Idempotency-Key", "k-2")
                        .raw()
                        .headers()
                        .firstValue("Idempotent-Replayed"))
                .contains("true");
        int kept = desk.repeats().size();
        owner.post("/api/v1/tenants?dryRun=true", "{\"name\":\"dry\"}", "Idempotency-Key", "k-3");
        assertThat(desk.repeats().size()).isEqualTo(kept);
    }

    @Test
    void a_dry_run_is_answered_as_if_shows_no_secret_and_changes_nothing() {
        var enrollment = owner.post(TENANT + "/enrollments?dryRun=true", NEW_METERS.replace("meters", "dry"));
        assertThat(enrollment.status()).isEqualTo(201);
        assertThat(enrollment.raw().headers().firstValue("Dry-Run")).contains("true");
        assertThat(enrollment.text()).doesNotContain("primaryKey");
        assertThat(owner.get(TENANT + "/enrollments/dry").status()).isEqualTo(404);
        var rotated = owner.post(METERS + "/keys/rotate?dryRun=true", "");
        assertThat(rotated.json().getInteger("version")).isEqualTo(2);
        assertThat(rotated.text()).doesNotContain("primaryKey");
        assertThat(owner.get(METERS).json().getInteger("version")).isEqualTo(1);
        var key = owner.post(TENANT + "/keys?dryRun=true", "{\"name\":\"dry\",\"role\":\"viewer\"}");
        assertThat(key.status()).isEqualTo(201);
        assertThat(key.json().containsKey("key")).isFalse();
        assertThat(items(TENANT + "/keys")).isEmpty();
        assertThat(owner.post("/api/v1/tenants?dryRun=true", "{\"name\":\"acme\"}")
                        .status())
                .isEqualTo(409);
        assertThat(owner.post("/api/v1/tenants?dryRun=perhaps", "{\"name\":\"x\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_provisioner_adds_individuals_and_no_groups() {
        try (Operator line = with(Role.PROVISIONER, Scope.of(new Name("acme")))) {
            assertThat(line.post(TENANT + "/enrollments", NEW_METERS.replace("meters", "more"))
                            .status())
                    .isEqualTo(403);
            assertThat(line.post(
                                    TENANT + "/enrollments",
                                    NEW_METERS
                                            .replace("meters", "one")
                                            .replace("\"group\"", "\"individual\",\"registrationId\":\"one\""))
                            .status())
                    .isEqualTo(201);
            assertThat(line.patch(METERS, "{\"enabled\":false}").status()).isEqualTo(403);
        }
    }

    @Test
    void a_key_of_one_enrollment_sees_and_changes_nothing_of_another() {
        desk.ledger().holds(Samples.device("pump-1", "eu"));
        desk.ledger().holds(Samples.accepted("pump-1"));
        desk.certificates().holds(Samples.certificate("pump-1", 1));
        Scope meters = new Scope(Optional.of(new Name("acme")), Set.of(new Name("meters")), Set.of());
        Scope pumps = new Scope(Optional.of(new Name("acme")), Set.of(new Name("pumps")), Set.of());
        try (Operator blind = with(Role.OPERATOR, meters);
                Operator seeing = with(Role.OPERATOR, pumps)) {
            for (String path : List.of(
                    "/devices/pump-1",
                    "/devices/pump-1/attempts",
                    "/attempts/" + Samples.ACCEPTED,
                    "/certificates/" + Samples.serial(1))) {
                assertThat(blind.get(TENANT + path).status()).as(path).isEqualTo(404);
                assertThat(seeing.get(TENANT + path).status()).as(path).isEqualTo(200);
            }
            for (String list : List.of("/devices", "/certificates")) {
                assertThat(blind.get(TENANT + list).json().getJsonArray("items"))
                        .isEmpty();
                assertThat(seeing.get(TENANT + list).json().getJsonArray("items"))
                        .hasSize(1);
            }
            assertThat(blind.post(
                                    TENANT + "/certificates/" + Samples.serial(1) + "/revoke",
                                    "{\"reason\":\"superseded\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(seeing.get(METERS).status()).isEqualTo(404);
            assertThat(seeing.patch(METERS, "{\"enabled\":false}").status()).isEqualTo(404);
            assertThat(seeing.get(TENANT + "/enrollments").json().getJsonArray("items"))
                    .isEmpty();
            assertThat(blind.patch(METERS, "{\"enabled\":false}").status()).isEqualTo(200);
            assertThat(blind.post(TENANT + "/enrollments", NEW_METERS.replace("meters", "more"))
                            .status())
                    .isEqualTo(403);
            assertThat(blind.post(TENANT + "/hubs", hub("eu2")).status()).isEqualTo(403);
        }
    }

    @Test
    void a_key_of_one_region_changes_nothing_that_reaches_beyond_it() {
        owner.post(TENANT + "/hubs", hub("us"));
        desk.ledger().holds(Samples.device("pump-1", "us"));
        Scope eu = new Scope(Optional.of(new Name("acme")), Set.of(), Set.of(new Name("eu")));
        try (Operator regional = with(Role.OPERATOR, eu)) {
            assertThat(regional.get(TENANT + "/devices/pump-1").status()).isEqualTo(404);
            assertThat(regional.get(TENANT + "/hubs/us-1").status()).isEqualTo(404);
            assertThat(regional.get(TENANT + "/hubs").json().getJsonArray("items"))
                    .hasSize(1);
            assertThat(regional.post(TENANT + "/hubs", hub("us2")).status()).isEqualTo(403);
            assertThat(regional.patch(METERS, "{\"type\":\"meter\"}").status()).isEqualTo(200);
            assertThat(regional.patch(METERS, "{\"allocation\":{\"policy\":\"hashed\",\"hubs\":[\"us-1\"]}}")
                            .status())
                    .isEqualTo(403);
            assertThat(regional.patch(METERS, "{\"allocation\":{\"policy\":\"hashed\",\"hubs\":[]}}")
                            .status())
                    .isEqualTo(403);
        }
    }

    private Operator with(Role role, Scope scope) {
        return desk.stranger(Optional.of(desk.principals().key(role, scope)));
    }

    private List<?> items(String path) {
        JsonObject page = owner.get(path).json();
        return page.getJsonArray("items", new JsonArray()).getList();
    }

    private static String hub(String region) {
        return "{\"name\":\"%s-1\",\"region\":\"%s\",\"endpoint\":\"mqtts://%s-1.example.com\"}"
                .formatted(region, region, region);
    }
}
