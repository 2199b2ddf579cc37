package io.muster.server.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.ServiceKnock;
import io.muster.server.testkit.ServiceKnock.Heard;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who knocks at the service API without being allowed to, or with what it does not take.
class ServiceAccessTest {

    private static final String BENCH = "{\"registrationId\":\"bench-1\",\"attestation\":{\"type\":\"symmetricKey\"}}";

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");
    private static final Customer OTHER = Customer.create(HOUSE.operator(), "other");
    private static ServiceKnock owner;

    @BeforeAll
    static void enroll() throws Exception {
        owner = knock("acme", "owner", "operator");
        assertThat(owner.put("/enrollments/bench-1", BENCH).status()).isEqualTo(200);
    }

    @Test
    void another_tenants_policy_sees_and_changes_its_own_tenant_alone() throws Exception {
        ServiceKnock stranger = knock("other", "owner", "operator");

        assertThat(stranger.get("/enrollments/bench-1").status()).isEqualTo(404);
        assertThat(stranger.post("/enrollments/query", "{\"query\":\"*\"}").json())
                .isEmpty();
        assertThat(stranger.put("/enrollments/bench-1", BENCH).status()).isEqualTo(200);
        assertThat(stranger.delete("/enrollments/bench-1").status()).isEqualTo(204);
        assertThat(owner.get("/enrollments/bench-1").status()).isEqualTo(200);
        assertThat(OTHER.asks("enrollment", "list").path("items")).isEmpty();
    }

    @Test
    void a_policys_name_without_its_tenant_is_nobodys_where_there_are_two() throws Exception {
        assertThat(owner.named("owner").get("/enrollments/bench-1").status()).isEqualTo(401);
        assertThat(owner.named("owner@other").get("/enrollments/bench-1").status())
                .isEqualTo(401);
    }

    @Test
    void a_signature_that_expired_or_is_for_another_host_or_by_another_key_opens_nothing() throws Exception {
        for (ServiceKnock bad : List.of(
                owner.expiring(Duration.ofSeconds(-1)),
                owner.signingFor("elsewhere.example.com"),
                owner.with("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="))) {
            Heard heard = bad.get("/enrollments/bench-1");
            assertThat(heard.status()).isEqualTo(401);
            assertThat(heard.json().path("errorCode").asInt()).isEqualTo(401_002);
            assertThat(heard.json().path("trackingId").asText()).hasSize(16);
            assertThat(heard.json().path("timestampUtc").asText()).endsWith("Z");
        }
    }

    @Test
    void no_other_key_opens_the_service_api_and_a_policy_opens_nothing_else() throws Exception {
        String token = HOUSE.house().data().adminToken();

        assertThat(owner.bearing("Bearer " + token).get("/enrollments/bench-1").status())
                .isEqualTo(401);
        assertThat(owner.getOfAdmin("/api/v1/tenants/acme/enrollments").status())
                .isEqualTo(401);
    }

    @Test
    void a_revoked_policy_opens_nothing_and_a_rotated_one_opens_with_both_keys() throws Exception {
        JsonNode made = policy("acme", "brief", "operator");
        ServiceKnock brief = ServiceKnock.at(HOUSE, made);
        JsonNode rotated = ACME.asks("key", "rotate", made.path("id").asText());

        assertThat(brief.get("/enrollments/bench-1").status()).isEqualTo(200);
        assertThat(ServiceKnock.at(HOUSE, rotated).get("/enrollments/bench-1").status())
                .isEqualTo(200);
        ACME.types("key", "revoke", made.path("id").asText());
        assertThat(brief.get("/enrollments/bench-1").status()).isEqualTo(401);
    }

    @Test
    void a_viewer_reads_and_neither_changes_nor_sees_keys() throws Exception {
        ServiceKnock viewer = knock("acme", "viewer", "viewer");

        assertThat(viewer.get("/enrollments/bench-1").status()).isEqualTo(200);
        assertThat(viewer.post("/enrollments/bench-1/attestationmechanism", "").status())
                .isEqualTo(403);
        assertThat(viewer.delete("/enrollments/bench-1").status()).isEqualTo(403);
        Heard heard = viewer.put("/enrollments/bench-2", BENCH.replace("bench-1", "bench-2"));
        assertThat(heard.status()).isEqualTo(403);
        assertThat(heard.json().path("errorCode").asInt()).isEqualTo(403_201);
    }

    @Test
    void a_body_of_a_megabyte_is_refused_and_so_is_what_is_no_json() throws Exception {
        assertThat(owner.put("/enrollments/bench-1", "\"" + "x".repeat(1024 * 1024) + "\"")
                        .status())
                .isEqualTo(413);
        assertThat(owner.put("/enrollments/bench-1", "{\"registrationId\":\"a\",\"registrationId\":\"b\"}")
                        .status())
                .isEqualTo(400);
        assertThat(owner.put("/enrollments/bench-1", "").status()).isEqualTo(400);
    }

    @Test
    void an_unknown_version_or_path_is_refused_in_azures_form() throws Exception {
        assertThat(owner.getOfAdmin("/enrollments/bench-1?api-version=2017-11-15")
                        .json()
                        .path("errorCode")
                        .asInt())
                .isEqualTo(400_201);
        assertThat(owner.get("/enrollments/bench-1/nothing")
                        .json()
                        .path("errorCode")
                        .asInt())
                .isEqualTo(404_201);
    }

    @Test
    void the_entries_of_the_audit_name_the_policy() {
        JsonNode entry = ACME.asks("audit", "list", "--subject", "enrollment:bench-1")
                .path("items")
                .path(0);

        assertThat(entry.path("kind").asText()).isEqualTo("enrollmentCreated");
        assertThat(entry.path("actor").asText()).startsWith("policy:");
    }

    private static ServiceKnock knock(String tenant, String name, String role) throws Exception {
        return ServiceKnock.at(HOUSE, policy(tenant, name, role));
    }

    private static JsonNode policy(String tenant, String name, String role) throws Exception {
        return new ObjectMapper()
                .readTree(HOUSE.operator()
                        .types(
                                "key",
                                "create",
                                name,
                                "--tenant",
                                tenant,
                                "--role",
                                role,
                                "--shared-access-policy",
                                "-o",
                                "json"));
    }
}
