package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Role;
import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.muster.desk.testkit.TestIdentity;
import io.muster.desk.wire.ServerIdentity;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class KeyOperationsTest {

    private static final String KEYS = "/api/v1/tenants/acme/keys";
    private static final Name ACME = new Name("acme");

    private OpenDesk desk;
    private Operator owner;

    @BeforeEach
    void open() {
        desk = new OpenDesk();
        owner = desk.operator();
        owner.post("/api/v1/tenants", "{\"name\":\"acme\"}");
    }

    @AfterEach
    void close() {
        owner.close();
        desk.close();
    }

    @Test
    void a_key_is_shown_once_and_opens_what_its_role_allows_until_it_is_revoked() {
        var made = owner.post(KEYS, "{\"name\":\"line 3\",\"role\":\"provisioner\",\"enrollments\":[\"pumps\"]}");
        assertThat(made.status()).isEqualTo(201);
        String text = made.json().getString("key");
        assertThat(text).matches("mk_[0-9a-v]{16}_[0-9a-v]{52}");
        assertThat(made.json().getString("expiresAt"))
                .isEqualTo(Samples.NOW.plus(Duration.ofDays(90)).toString());
        String location = made.raw().headers().firstValue("Location").orElseThrow();
        var shown = owner.get(location);
        assertThat(shown.json().containsKey("key")).isFalse();
        assertThat(shown.json().getString("createdBy")).isEqualTo("bootstrap");
        assertThat(owner.get(KEYS).text()).contains("line 3").doesNotContain(text);
        try (Operator line = desk.stranger(Optional.of(text))) {
            assertThat(line.get("/api/v1/tenants/acme/devices").status()).isEqualTo(200);
            assertThat(line.get(KEYS).status()).isEqualTo(403);
            assertThat(owner.get(location).json().getString("lastUsedAt")).isEqualTo(Samples.NOW.toString());
            assertThat(owner.post(location + "/revoke", "").json().getString("state"))
                    .isEqualTo("revoked");
            var refused = line.get("/api/v1/tenants/acme/devices");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.json().getString("detail")).contains("was revoked");
        }
    }

    @Test
    void an_expired_key_opens_nothing_and_says_why() {
        String text = owner.post("/api/v1/keys", "{\"name\":\"ci\",\"role\":\"viewer\",\"expiresAfter\":\"PT1H\"}")
                .json()
                .getString("key");
        desk.itIs(Samples.NOW.plus(Duration.ofHours(1)));
        try (Operator late = desk.stranger(Optional.of(text))) {
            var refused = late.get("/api/v1/tenants");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.json().getString("detail")).contains("expired");
        }
    }

    @Test
    void a_key_with_an_altered_secret_opens_nothing_and_is_told_nothing() {
        String text = desk.principals().key(Role.OWNER, Scope.INSTALLATION);
        for (String forged : List.of(
                text.substring(0, text.length() - 1) + "1", text + "0", text.substring(0, text.length() - 1), "mk_")) {
            try (Operator forger = desk.stranger(Optional.of(forged))) {
                var refused = forger.get("/api/v1/tenants");
                assertThat(refused.status()).isEqualTo(401);
                assertThat(refused.json().getString("detail")).isEqualTo("The request carries no valid key.");
            }
            owner.get("/api/v1/tenants");
        }
    }

    @Test
    void a_rotated_key_has_a_new_text_and_the_old_one_for_as_long_as_was_asked() {
        JsonObject made =
                owner.post(KEYS, "{\"name\":\"ci\",\"role\":\"viewer\"}").json();
        var rotated = owner.post(KEYS + "/" + made.getString("id") + "/rotate", "{\"overlap\":\"PT10M\"}");
        assertThat(rotated.status()).isEqualTo(200);
        assertThat(rotated.json().getString("key")).isNotEqualTo(made.getString("key"));
        assertThat(rotated.json().getInteger("version")).isEqualTo(2);
        try (Operator old = desk.stranger(Optional.of(made.getString("key")));
                Operator fresh = desk.stranger(Optional.of(rotated.json().getString("key")))) {
            assertThat(old.get("/api/v1/tenants").status()).isEqualTo(200);
            assertThat(fresh.get("/api/v1/tenants").status()).isEqualTo(200);
            desk.itIs(Samples.NOW.plus(Duration.ofMinutes(10)));
            assertThat(old.get("/api/v1/tenants").status()).isEqualTo(401);
            assertThat(fresh.get("/api/v1/tenants").status()).isEqualTo(200);
        }
    }

    @Test
    void nobody_makes_a_key_with_more_than_they_have() {
        String tenants = desk.principals().key(Role.OWNER, Scope.of(ACME));
        String narrow =
                desk.principals().key(Role.OWNER, new Scope(Optional.of(ACME), Set.of(new Name("pumps")), Set.of()));
        try (Operator tenantOwner = desk.stranger(Optional.of(tenants));
                Operator narrowOwner = desk.stranger(Optional.of(narrow))) {
            String owning = "{\"name\":\"x\",\"role\":\"owner\"}";
            assertThat(tenantOwner.post(KEYS, owning).status()).isEqualTo(201);
            assertThat(tenantOwner.post("/api/v1/keys", owning).status()).isEqualTo(403);
            assertThat(tenantOwner.post("/api/v1/tenants/other/keys", owning).status())
                    .isEqualTo(403);
            assertThat(narrowOwner.post(KEYS, owning).status()).isEqualTo(403);
        }
    }

    @Test
    void a_service_comes_with_its_client_certificate_and_another_one_does_not() throws Exception {
        ServerIdentity service = TestIdentity.make("service");
        ServerIdentity stranger = TestIdentity.make("stranger");
        JsonObject order = new JsonObject()
                .put("name", "billing")
                .put("role", "viewer")
                .put("expiresAfter", "never")
                .put("certificate", pem(service));
        var made = owner.post(KEYS, order.encode());
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().getString("kind")).isEqualTo("clientKey");
        assertThat(made.json().containsKey("key")).isFalse();
        assertThat(owner.post(KEYS, order.encode()).status()).isEqualTo(409);
        try (Operator billing = desk.service(service);
                Operator other = desk.service(stranger)) {
            assertThat(billing.get("/api/v1/tenants/acme/devices").status()).isEqualTo(401);
            desk.itIs(java.time.Instant.now());
            assertThat(billing.get("/api/v1/tenants/acme/devices").status()).isEqualTo(200);
            assertThat(billing.post("/api/v1/tenants", "{\"name\":\"x\"}").status())
                    .isEqualTo(403);
            assertThat(other.get("/api/v1/tenants/acme/devices").status()).isEqualTo(401);
            owner.post(KEYS + "/" + made.json().getString("id") + "/revoke", "");
            assertThat(billing.get("/api/v1/tenants/acme/devices").status()).isEqualTo(401);
            var wrongKey = billing.send(billing.request("/api/v1/tenants/acme/devices")
                    .header("Authorization", "Bearer mk_nothing")
                    .GET());
            assertThat(wrongKey.status()).isEqualTo(401);
        }
    }

    @Test
    void a_key_in_the_url_is_refused_wherever_it_stands() {
        String text = desk.principals().key(Role.OWNER, Scope.INSTALLATION);
        for (String path : List.of(
                "/api/v1/keys/" + text, "/api/v1/tenants?cursor=" + text, "/openapi.yaml?x=" + text, "/" + text)) {
            var answer = owner.get(path);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("token_in_url");
            assertThat(answer.text()).doesNotContain(text);
        }
    }

    @Test
    void what_a_key_cannot_be_is_refused_with_its_place() {
        for (String body : List.of(
                "{\"name\":\"a\\u001b[31mb\",\"role\":\"viewer\"}",
                "{\"name\":\"a\\nb\",\"role\":\"viewer\"}",
                "{\"name\":\" \",\"role\":\"viewer\"}",
                "{\"name\":\"a\\u202eb\",\"role\":\"viewer\"}",
                "{\"name\":\"x\",\"role\":\"root\"}",
                "{\"name\":\"x\",\"role\":\"viewer\",\"expiresAfter\":\"P366D\"}",
                "{\"name\":\"x\",\"role\":\"viewer\",\"expiresAfter\":\"PT0S\"}",
                "{\"name\":\"x\",\"role\":\"viewer\",\"enrollments\":[]}",
                "{\"name\":\"x\",\"role\":\"viewer\",\"certificate\":\"-----BEGIN CERTIFICATE-----\\nAAAA\"}",
                "{\"name\":\"x\",\"role\":\"viewer\",\"scope\":\"all\"}")) {
            var refused = owner.post(KEYS, body);
            assertThat(refused.status()).as(body).isEqualTo(400);
            assertThat(refused.json().getString("remedy")).isNotBlank();
        }
        assertThat(owner.post("/api/v1/keys", "{\"name\":\"x\",\"role\":\"viewer\",\"regions\":[\"eu\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(owner.get(KEYS + "?limit=2147483648").status()).isEqualTo(400);
        assertThat(owner.get(KEYS + "?cursor=AAAA").status()).isEqualTo(400);
    }

    @Test
    void headers_beyond_all_measure_end_the_request() {
        HttpRequest.Builder bomb = owner.request("/api/v1/tenants");
        for (int i = 0; i < 40; i++) {
            bomb.header("X-Bomb-" + i, "b".repeat(1000));
        }
        assertThat(owner.status(bomb.GET())).isEqualTo(431);
        assertThat(owner.get("/api/v1/tenants").status()).isEqualTo(200);
    }

    private static String pem(ServerIdentity identity) throws CertificateEncodingException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(identity.chain().getFirst().getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}
