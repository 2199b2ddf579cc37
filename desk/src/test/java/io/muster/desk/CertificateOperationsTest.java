package io.muster.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Credential;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.issuance.RenewalWindow;
import io.muster.core.ledger.Certificates;
import io.muster.core.roster.CertificateTerms;
import io.muster.desk.testkit.OpenDesk;
import io.muster.desk.testkit.Operator;
import io.muster.desk.testkit.Samples;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CertificateOperationsTest {

    private static final String CERTIFICATES = "/api/v1/tenants/acme/certificates";

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
        desk.certificates().clear();
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        operator.post("/api/v1/tenants", "{\"name\":\"other\"}");
        operator.post(
                "/api/v1/tenants/acme/enrollments",
                "{\"name\":\"pumps\",\"kind\":\"group\",\"proof\":{\"x509\":{\"caCertificates\":\"CA one\"}},"
                        + "\"allocation\":{\"policy\":\"hashed\",\"hubs\":[]},"
                        + "\"certificates\":{\"renewAfter\":\"P30D\"}}");
    }

    @AfterAll
    static void close() {
        operator.close();
        desk.close();
    }

    private static String revoke(Serial serial) {
        return CERTIFICATES + "/" + serial + "/revoke";
    }

    private static List<String> serials(JsonObject page) {
        return page.getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("serial"))
                .toList();
    }

    @Test
    void a_certificate_is_found_by_its_serial_number_however_it_is_written() throws Exception {
        desk.certificates().holds(Samples.certificate("Pump-1", 1));
        String plain = Samples.serial(1).toString();
        String colons = plain.replaceAll("..(?=.)", "$0:").toUpperCase(Locale.ROOT);
        for (String written : List.of(plain, colons, colons.replace(":", "%3A"))) {
            var certificate = operator.get(CERTIFICATES + "/" + written).json();
            assertThat(certificate.getString("serial")).as(written).isEqualTo(plain);
            assertThat(certificate.getString("registrationId")).isEqualTo("Pump-1");
            assertThat(certificate.getString("subject")).isEqualTo("CN=sample");
            assertThat(certificate.getString("profile")).isEqualTo("device@1");
            assertThat(certificate.getString("state")).isEqualTo("current");
            assertThat(certificate.getInteger("crlShard")).isEqualTo(3);
            assertThat(certificate.containsKey("revokedAt")).isFalse();
            var pem = new ByteArrayInputStream(certificate.getString("pem").getBytes(StandardCharsets.US_ASCII));
            assertThat(CertificateFactory.getInstance("X.509")
                            .generateCertificate(pem)
                            .getEncoded())
                    .isEqualTo(Samples.CERTIFICATE.toArray());
        }
    }

    @Test
    void its_renewal_window_is_that_of_its_enrollment_as_it_is_now() {
        Certificates.Kept kept = Samples.certificate("pump-1", 1);
        desk.certificates().holds(kept);
        String path = CERTIFICATES + "/" + Samples.serial(1);
        assertThat(operator.get(path).json().getInstant("renewAfter"))
                .isEqualTo(kept.credential().issuedAt().plus(Duration.ofDays(30)));
        operator.patch("/api/v1/tenants/acme/enrollments/pumps", "{\"certificates\":{\"renewAfter\":null}}");
        assertThat(operator.get(path).json().getInstant("renewAfter"))
                .isEqualTo(RenewalWindow.opens(kept.credential(), CertificateTerms.standard()));
    }

    @Test
    void a_certificate_without_its_enrollment_is_shown_without_a_window() {
        desk.certificates().holds(Samples.certificate("pump-1", 1));
        desk.roster().clear();
        operator.post("/api/v1/tenants", "{\"name\":\"acme\"}");
        var answer = operator.get(CERTIFICATES + "/" + Samples.serial(1));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().containsKey("renewAfter")).isFalse();
    }

    @Test
    void certificates_come_in_pages_and_by_filters() {
        for (int i = 1; i <= 5; i++) {
            desk.certificates().holds(Samples.certificate(i < 4 ? "Pump-1" : "pump-2", i));
        }
        operator.post(revoke(Samples.serial(2)), "{\"reason\":\"unspecified\"}");
        JsonObject page =
                operator.get(CERTIFICATES + "?limit=2&registrationId=pump-1").json();
        assertThat(serials(page))
                .containsExactly(Samples.serial(1).toString(), Samples.serial(2).toString());
        page = operator.get(CERTIFICATES + "?limit=2&registrationId=pump-1&cursor=" + page.getString("next"))
                .json();
        assertThat(serials(page)).containsExactly(Samples.serial(3).toString());
        assertThat(page.containsKey("next")).isFalse();
        assertThat(serials(operator.get(CERTIFICATES + "?state=revoked").json()))
                .containsExactly(Samples.serial(2).toString());
        assertThat(operator.get(CERTIFICATES).text()).doesNotContain("BEGIN CERTIFICATE");
        assertThat(operator.get(CERTIFICATES + "?state=expired").status()).isEqualTo(400);
        assertThat(operator.get(CERTIFICATES + "?cursor=Zm9v").code()).isEqualTo("invalid_request");
    }

    @Test
    void a_revoked_certificate_says_when_and_why_and_stays_as_it_is() {
        desk.certificates().holds(Samples.certificate("pump-1", 1));
        var revoked = operator.post(revoke(Samples.serial(1)), "{\"reason\":\"keyCompromise\"}");
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.json().getString("state")).isEqualTo("revoked");
        assertThat(revoked.json().getString("reason")).isEqualTo("keyCompromise");
        assertThat(revoked.json().getInstant("revokedAt")).isEqualTo(Samples.NOW);
        assertThat(revoked.json().containsKey("renewAfter")).isFalse();
        desk.itIs(Samples.NOW.plusSeconds(60));
        var again = operator.post(revoke(Samples.serial(1)), "{\"reason\":\"superseded\"}");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(revoked.json());
    }

    @Test
    void a_certificate_that_nobody_issued_is_not_found() {
        desk.certificates().holds(Samples.certificate("pump-1", 1));
        for (String path : List.of(
                CERTIFICATES + "/" + Samples.serial(2),
                CERTIFICATES + "/01",
                "/api/v1/tenants/other/certificates/" + Samples.serial(1))) {
            assertThat(operator.get(path).status()).as(path).isEqualTo(404);
            assertThat(operator.post(path + "/revoke", "{\"reason\":\"unspecified\"}")
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(desk.certificates().find(new Name("acme"), Samples.serial(1)))
                .map(kept -> kept.credential().state())
                .contains(Credential.State.CURRENT);
        for (String none : List.of("4d0", "xyz", ":4d", "4d:", "4d".repeat(21))) {
            assertThat(operator.get(CERTIFICATES + "/" + none).status())
                    .as(none)
                    .isEqualTo(400);
        }
    }

    @Test
    void a_reason_is_wanted_and_must_be_one() {
        desk.certificates().holds(Samples.certificate("pump-1", 1));
        for (String body : List.of("{}", "{\"reason\":\"removeFromCRL\"}", "{\"reason\":\"KEY_COMPROMISE\"}", "")) {
            assertThat(operator.post(revoke(Samples.serial(1)), body).status())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void the_authority_is_shown_with_its_root() {
        var authority = operator.get("/api/v1/tenants/acme/authority").json();
        assertThat(authority.getJsonObject("issuing").getString("subject")).isEqualTo("CN=sample");
        assertThat(authority.getJsonObject("root").getString("subject")).isEqualTo("CN=first");
        assertThat(authority.getJsonObject("root").getString("pem")).startsWith("-----BEGIN CERTIFICATE-----\n");
        assertThat(operator.get("/api/v1/tenants/nobody/authority").status()).isEqualTo(404);
    }

    @Test
    void a_device_shows_its_certificates() {
        desk.ledger().clear();
        desk.ledger().holds(Samples.certified(Samples.device("pump-1", "eu"), 1));
        var certificates =
                operator.get("/api/v1/tenants/acme/devices/pump-1").json().getJsonArray("certificates");
        assertThat(certificates).hasSize(1);
        assertThat(certificates.getJsonObject(0).getString("serial"))
                .isEqualTo(Samples.serial(1).toString());
    }
}
