package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AnchorOperationsTest {

    private static final String TENANT = "/api/v1/tenants/acme";
    private static final String ANCHORS = TENANT + "/anchors";
    private static final String MAKER = ANCHORS + "/maker";

    private OpenDesk desk;
    private Operator operator;

    @BeforeEach
    void open() {
        desk = new OpenDesk();
        operator = desk.operator();
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        operator.post("/api/v1/tenants", "{\"name\":\"other\"}");
    }

    @AfterEach
    void close() {
        operator.close();
        desk.close();
    }

    @Test
    void an_anchor_is_unverified_until_its_code_was_signed() {
        var created = operator.post(ANCHORS, "{\"name\":\"maker\",\"certificate\":\"CA one\"}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().getString("status")).isEqualTo("unverified");
        String code = created.json().getString("verificationCode");
        assertThat(code).matches("[0-9a-f]{32}");
        assertThat(operator.get(MAKER).json().getString("verificationCode")).isEqualTo(code);

        var refused = verify("PROOF of something else");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().getString("remedy")).contains(code);

        var verified = verify("PROOF " + code);
        assertThat(verified.json().getString("status")).isEqualTo("verified");
        assertThat(verified.json().containsKey("verificationCode")).isFalse();
        assertThat(verified.json().getInteger("version")).isEqualTo(2);
        assertThat(verify("PROOF " + code).json().getInteger("version")).isEqualTo(2);
    }

    @Test
    void every_anchor_has_a_code_of_its_own() {
        assertThat(code("one", "CA one")).isNotEqualTo(code("two", "CA two"));
    }

    @Test
    void a_group_names_verified_anchors_alone_beside_certificates_or_without_any() {
        String code = code("maker", "CA one");
        var early = operator.post(TENANT + "/enrollments", group("pumps", "\"anchors\":[\"maker\"]"));
        assertThat(early.status()).isEqualTo(400);
        assertThat(early.text()).contains("/proof/x509/anchors/0", "is not verified");
        verify("PROOF " + code);

        var pumps = operator.post(TENANT + "/enrollments", group("pumps", "\"anchors\":[\"maker\"]"));
        assertThat(pumps.status()).isEqualTo(201);
        assertThat(pumps.text()).contains("CN=one");
        var both = operator.post(
                TENANT + "/enrollments",
                group("meters", "\"anchors\":[\"maker\"],\"caCertificates\":\"CA two\\nCA one\""));
        assertThat(both.json().getJsonObject("proof").getJsonObject("x509").getJsonArray("caCertificates"))
                .hasSize(2);
        assertThat(operator.post(TENANT + "/enrollments", group("x", "\"anchors\":[\"nobody\"]"))
                        .text())
                .contains("There is no anchor");
        for (String none : new String[] {"", "\"anchors\":[]", "\"anchors\":[\"NO NAME\"]"}) {
            assertThat(operator.post(TENANT + "/enrollments", group("x", none)).status())
                    .as(none)
                    .isEqualTo(400);
        }
        assertThat(operator.patch(TENANT + "/enrollments/meters", "{\"proof\":{\"x509\":{\"anchors\":[\"maker\"]}}}")
                        .text())
                .contains("CN=one")
                .doesNotContain("CN=two");
    }

    @Test
    void an_anchor_of_another_tenant_is_none() {
        verify("PROOF " + code("maker", "CA one"));

        assertThat(operator.get("/api/v1/tenants/other/anchors/maker").status()).isEqualTo(404);
        assertThat(operator.post("/api/v1/tenants/other/enrollments", group("pumps", "\"anchors\":[\"maker\"]"))
                        .text())
                .contains("There is no anchor");
    }

    @Test
    void what_is_no_anchor_is_refused_with_its_place() {
        assertThat(operator.post(ANCHORS, "{\"name\":\"x\",\"certificate\":\"DEVICE x\"}")
                        .text())
                .contains("/certificate", "cannot be used");
        assertThat(operator.post(ANCHORS, "{\"name\":\"x\",\"certificate\":\"CA one\\nCA two\"}")
                        .text())
                .contains("2 certificates");
        code("maker", "CA one");
        assertThat(operator.post(ANCHORS, "{\"name\":\"maker\",\"certificate\":\"CA two\"}")
                        .status())
                .isEqualTo(409);
        assertThat(operator.post(ANCHORS, "{\"name\":\"copy\",\"certificate\":\"CA one\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void anchors_come_in_pages_and_by_their_status() {
        verify("PROOF " + code("maker", "CA one"));
        code("next", "CA two");

        assertThat(operator.get(ANCHORS + "?status=unverified").json().getJsonArray("items"))
                .hasSize(1);
        var first = operator.get(ANCHORS + "?limit=1").json();
        assertThat(first.getJsonArray("items").getJsonObject(0).getString("name"))
                .isEqualTo("maker");
        assertThat(operator.get(ANCHORS + "?limit=1&cursor=" + first.getString("next"))
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("name"))
                .isEqualTo("next");
    }

    @Test
    void an_anchor_that_is_needed_stays_and_one_that_changed_is_left_as_it_is() {
        String code = code("maker", "CA one");
        verify("PROOF " + code);
        operator.post(TENANT + "/enrollments", group("pumps", "\"anchors\":[\"maker\"]"));
        var needed = operator.delete(MAKER);
        assertThat(needed.status()).isEqualTo(422);
        assertThat(needed.text()).contains("Anchor maker is needed by enrollment pumps");

        operator.patch(TENANT + "/enrollments/pumps", "{\"proof\":{\"x509\":{\"caCertificates\":\"CA two\"}}}");
        assertThat(operator.delete(MAKER + "?dryRun=true").status()).isEqualTo(200);
        assertThat(operator.send(operator.request(MAKER)
                                .header("If-Match", "\"1\"")
                                .DELETE())
                        .status())
                .isEqualTo(412);
        assertThat(operator.delete(MAKER).status()).isEqualTo(200);
        assertThat(operator.get(MAKER).status()).isEqualTo(404);
    }

    private String code(String name, String certificate) {
        return operator.post(ANCHORS, "{\"name\":\"" + name + "\",\"certificate\":\"" + certificate + "\"}")
                .json()
                .getString("verificationCode");
    }

    private Operator.Answer verify(String proof) {
        return operator.post(MAKER + "/verify", "{\"certificate\":\"" + proof + "\"}");
    }

    private static String group(String name, String x509) {
        return "{\"name\":\"" + name + "\",\"kind\":\"group\",\"proof\":{\"x509\":{" + x509
                + "}},\"allocation\":{\"policy\":\"hashed\",\"hubs\":[]}}";
    }
}
