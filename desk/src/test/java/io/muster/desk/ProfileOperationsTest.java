package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateTerms;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Certificate profiles, and the terms on which an enrollment uses them.
final class ProfileOperationsTest {

    private static final String TENANT = "/api/v1/tenants/acme";
    private static final String PROFILES = TENANT + "/certificate-profiles";
    private static final String GATES = TENANT + "/enrollments/gates";

    private static OpenDesk desk;
    private static Operator operator;

    @BeforeAll
    static void open() {
        desk = new OpenDesk();
        operator = desk.operator();
    }

    @BeforeEach
    void begin() {
        desk.roster().clear();
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    private static String gates(String certificates) {
        return "{\"name\":\"gates\",\"kind\":\"group\",\"proof\":{\"oneTimeTokens\":{}},"
                + "\"allocation\":{\"policy\":\"hashed\",\"hubs\":[]}" + certificates + "}";
    }

    private static CertificateTerms terms() {
        return desk.roster()
                .enrollment(new Name("acme"), new Name("gates"))
                .orElseThrow()
                .treatment()
                .certificates();
    }

    private static CertificateProfile stored(String name) {
        return desk.roster().profiles(new Name("acme")).stream()
                .filter(profile -> profile.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_tenant_has_the_standard_profile() {
        var standard = operator.get(PROFILES + "/device").json();
        assertThat(standard.getString("life")).isEqualTo("P365D");
        assertThat(standard.getString("backdating")).isEqualTo("P1D");
        assertThat(standard.getJsonArray("algorithms"))
                .isEqualTo(new JsonArray(List.of("p256", "p384", "rsa", "ed25519")));
        assertThat(standard.getJsonArray("keyUsages")).isEqualTo(new JsonArray(List.of("digitalSignature")));
        assertThat(standard.getJsonArray("purposes")).isEqualTo(new JsonArray(List.of("clientAuth")));
        assertThat(standard.getString("subject")).isEqualTo("identity");
        assertThat(standard.getJsonArray("alternativeNames"))
                .isEqualTo(new JsonArray(List.of("uri:urn:muster:{tenant}:{registrationId}")));
        assertThat(standard.getBoolean("serverKeys")).isTrue();
    }

    @Test
    void a_profile_is_as_the_standard_one_but_for_what_is_given() {
        var created = operator.post(PROFILES, "{\"name\":\"short\",\"life\":\"PT12H\",\"algorithms\":[\"p384\"]}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.raw().headers().firstValue("Location")).contains(PROFILES + "/short");
        CertificateProfile standard = CertificateProfile.standard(new Name("acme"));
        CertificateProfile profile = stored("short");
        assertThat(profile.life()).isEqualTo(Duration.ofHours(12));
        assertThat(profile.algorithms()).containsExactly(KeyAlgorithm.P384);
        assertThat(profile.purposes()).isEqualTo(standard.purposes());
        assertThat(profile.alternativeNames()).isEqualTo(standard.alternativeNames());
        assertThat(operator.post(PROFILES, "{\"name\":\"short\"}").code()).isEqualTo("already_exists");
    }

    @Test
    void a_change_is_a_new_version_and_leaves_the_rest() {
        operator.post(PROFILES, "{\"name\":\"short\",\"life\":\"PT12H\"}");
        var changed = operator.patch(
                PROFILES + "/short",
                "{\"purposes\":[\"serverAuth\",\"1.3.6.1.4.1.5555.1\"],\"serverKeys\":false,\"alternativeNames\":[]}");
        assertThat(changed.json().getInteger("version")).isEqualTo(2);
        assertThat(changed.json().getString("life")).isEqualTo("PT12H");
        assertThat(changed.json().getJsonArray("purposes"))
                .isEqualTo(new JsonArray(List.of("1.3.6.1.4.1.5555.1", "serverAuth")));
        assertThat(stored("short").purposes())
                .containsExactlyInAnyOrder(CertificateProfile.SERVER_AUTHENTICATION, "1.3.6.1.4.1.5555.1");
        assertThat(changed.json().getJsonArray("alternativeNames")).isEmpty();
        assertThat(operator.patch(PROFILES + "/nobody", "{\"serverKeys\":true}").status())
                .isEqualTo(404);
    }

    @Test
    void profiles_are_listed_by_name() {
        operator.post(PROFILES, "{\"name\":\"a\"}");
        operator.post(PROFILES, "{\"name\":\"z\"}");
        JsonObject page = operator.get(PROFILES + "?limit=2").json();
        assertThat(page.getJsonArray("items").getJsonObject(1).getString("name"))
                .isEqualTo("device");
        page = operator.get(PROFILES + "?limit=2&cursor=" + page.getString("next"))
                .json();
        assertThat(page.getJsonArray("items").getJsonObject(0).getString("name"))
                .isEqualTo("z");
    }

    @Test
    void bounds_of_a_profile_are_told_in_words_and_with_their_place() {
        Map.of(
                        "\"life\":\"PT1S\"", "/life 5 minutes to 3650 days",
                        "\"life\":\"P3651D\"", "/life 5 minutes to 3650 days",
                        "\"backdating\":\"P31D\"", "/backdating 0 seconds to 30 days",
                        "\"alternativeNames\":[\"dns:{registrationId}\",\"dns:fixed.example.com\"]",
                                "/alternativeNames/1 alternative name",
                        "\"alternativeNames\":[\"ip:{registrationId}\"]", "/alternativeNames/0 alternative name",
                        "\"algorithms\":[]", "/algorithms ",
                        "\"algorithms\":[\"p521\"]", "/algorithms/0 ",
                        "\"purposes\":[\"codeSigning\"]", "/purposes/0 clientAuth, serverAuth",
                        "\"keyUsages\":[\"keyCertSign\"]", "/keyUsages/0 ",
                        "\"subject\":\"anything\"", "/subject ")
                .forEach((field, expected) -> {
                    var answer = operator.post(PROFILES, "{\"name\":\"wrong\"," + field + "}");
                    String[] parts = expected.split(" ", 2);
                    assertThat(answer.status()).as(field).isEqualTo(400);
                    assertThat(answer.json()
                                    .getJsonArray("errors")
                                    .getJsonObject(0)
                                    .getString("at"))
                            .isEqualTo(parts[0]);
                    assertThat(answer.json().getString("detail")).contains(parts[1]);
                });
        assertThat(operator.get(PROFILES).json().getJsonArray("items")).hasSize(1);
    }

    @Test
    void a_profile_for_any_purpose_is_refused() {
        var answer = operator.post(PROFILES, "{\"name\":\"wide\",\"purposes\":[\"clientAuth\",\"2.5.29.37.0\"]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().encode()).contains("/purposes", "grants every purpose");
    }

    @Test
    void an_enrollment_has_standard_terms_unless_it_says_others() {
        var plain = operator.post(TENANT + "/enrollments", gates("")).json().getJsonObject("certificates");
        assertThat(terms()).isEqualTo(CertificateTerms.standard());
        assertThat(plain.getString("profile")).isEqualTo("device");
        assertThat(plain.getString("grace")).isEqualTo("PT0S");
        assertThat(plain.getBoolean("rekey")).isTrue();
        assertThat(plain.getBoolean("subjectChange")).isFalse();
        assertThat(plain.containsKey("renewAfter")).isFalse();
    }

    @Test
    void terms_change_one_by_one() {
        operator.post(PROFILES, "{\"name\":\"gate\"}");
        operator.post(
                TENANT + "/enrollments",
                gates(
                        ",\"certificates\":{\"profile\":\"gate\",\"renewAfter\":\"PT0S\",\"grace\":\"P30D\",\"rekey\":false}"));
        var changed = operator.patch(GATES, "{\"certificates\":{\"subjectChange\":true}}");
        assertThat(changed.json().getJsonObject("certificates").getString("renewAfter"))
                .isEqualTo("PT0S");
        assertThat(terms())
                .isEqualTo(new CertificateTerms(
                        new Name("gate"), Optional.of(Duration.ZERO), Duration.ofDays(30), false, true));
        operator.patch(GATES, "{\"certificates\":{\"renewAfter\":null,\"rekey\":true}}");
        assertThat(terms())
                .isEqualTo(new CertificateTerms(new Name("gate"), Optional.empty(), Duration.ofDays(30), true, true));
        operator.patch(GATES, "{\"type\":\"gate\"}");
        assertThat(terms().profile()).isEqualTo(new Name("gate"));
    }

    @Test
    void terms_have_bounds_and_their_profile_is_there() {
        Map.of("\"renewAfter\":\"P3651D\"", "/certificates/renewAfter", "\"grace\":\"P366D\"", "/certificates/grace")
                .forEach((field, at) -> {
                    var answer = operator.post(TENANT + "/enrollments", gates(",\"certificates\":{" + field + "}"));
                    assertThat(answer.status()).isEqualTo(400);
                    assertThat(answer.json()
                                    .getJsonArray("errors")
                                    .getJsonObject(0)
                                    .getString("at"))
                            .isEqualTo(at);
                });
        assertThat(operator.post(TENANT + "/enrollments", gates(",\"certificates\":{\"renewAfter\":\"30d\"}"))
                        .status())
                .isEqualTo(400);
        var nobody = operator.post(TENANT + "/enrollments", gates(",\"certificates\":{\"profile\":\"nobody\"}"));
        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.json().getString("detail")).contains("certificate profile nobody");
    }
}
