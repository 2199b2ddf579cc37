package io.muster.doors.dps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Issued;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.HttpAnswer;
import io.muster.doors.listener.HttpExchange;
import io.muster.doors.listener.HttpFields;
import io.muster.doors.listener.RequestTarget;
import io.muster.doors.listener.TlsPeer;
import io.muster.doors.testkit.ObedientReception;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Devices that ask for a certificate while they register.
class DpsCertificateTest {

    private static final TestAuthority ROOT = TestAuthority.root("Root");
    private static final TestAuthority ISSUING = ROOT.intermediate("Issuing");
    private static final TestAuthority.Issued LEAF = ISSUING.device("pump-1");
    private static final Issued ISSUED = new Issued(
            LEAF.certificate(),
            List.of(ISSUING.certificate(), ROOT.certificate()),
            Instant.parse("2026-12-01T08:09:10.5Z"),
            Optional.empty());
    private static final byte[] DER = RequestSpec.of("pump-1").der();
    private static final String BASE64 = Base64.getEncoder().encodeToString(DER);
    /// With the line ends of PEM, escaped as JSON wants them.
    private static final String COLUMNS =
            Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(DER).replace("\n", "\\n");
    private static final String REGISTER = "/acme/registrations/pump-1/register?api-version=2019-03-31";

    private final ObedientReception reception = new ObedientReception();
    private final DpsDoor door = new DpsDoor(reception, InstantSource.fixed(Instant.EPOCH));

    @Test
    void a_request_in_the_payload_is_taken_out_of_it() {
        register("{\"type\":\"p\",\"csr\":\"" + BASE64 + "\",\"floor\":3}");

        EnrollmentRequest request = reception.asked().getFirst();
        CertificateRequest certificate = request.certificate().orElseThrow();
        assertThat(certificate.der()).isEqualTo(Bytes.of(DER));
        assertThat(certificate.purpose()).isEqualTo(Purpose.ENROLL);
        assertThat(request.payload()).contains(new Json("{\"type\":\"p\",\"floor\":3}"));
    }

    @Test
    void a_payload_with_nothing_else_in_it_says_nothing() {
        register("{\"csr\":\"" + BASE64 + "\"}");

        assertThat(reception.asked().getFirst().certificate()).isPresent();
        assertThat(reception.asked().getFirst().payload()).isEmpty();
    }

    @Test
    void json_inside_the_string_that_java_sends_is_the_same() {
        register("\"{\\\"csr\\\":\\\"" + BASE64 + "\\\",\\\"a\\\":1}\"");

        assertThat(reception.asked().getFirst().certificate()).isPresent();
        assertThat(reception.asked().getFirst().payload()).contains(new Json("{\"a\":1}"));
    }

    @Test
    void the_name_of_the_field_has_one_spelling_however_it_is_escaped() {
        register("{\"\\u0063sr\":\"" + BASE64 + "\"}");

        assertThat(reception.asked().getFirst().certificate()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"})
    void pem_is_read_too(String label) {
        register("{\"csr\":\"-----BEGIN " + label + "-----\\n" + COLUMNS + "\\n-----END " + label + "-----\\n\"}");

        assertThat(reception.asked().getFirst().certificate()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"csr\":null}",
                "{\"csr\":5}",
                "{\"csr\":{\"csr\":1}}",
                "{\"csr\":\"\"}",
                "{\"csr\":\"MII\"}",
                "{\"csr\":\"MIIB*\"}",
                "{\"csr\":\"MAA=\"}",
                "{\"csr\":\"-----BEGIN CERTIFICATE-----\\nMAA=\\n-----END CERTIFICATE-----\"}",
                "{\"csr\":\"-----BEGIN CERTIFICATE REQUEST-----\"}",
                "{\"csr\":\"-----BEGIN CERTIFICATE REQUEST-----END CERTIFICATE REQUEST-----\"}"
            })
    void a_request_that_cannot_be_read_is_turned_away_with_a_number_of_its_own(String payload) throws Exception {
        HttpAnswer answer = register(payload);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).path("errorCode").asInt()).isEqualTo(400206);
        assertThat(reception.asked()).isEmpty();
        assertThat(reception.turnedAway()).hasOnlyElementsOfType(Refusal.CertificateRequestMalformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":{\"csr\":\"x\"}}", "{\"a\":\"csr\"}", "[\"csr\"]", "\"csr\"", "{\"CSR\":1}"})
    void the_word_elsewhere_in_a_payload_is_no_request(String payload) {
        register(payload);

        assertThat(reception.asked().getFirst().certificate()).isEmpty();
        assertThat(reception.asked().getFirst().payload()).contains(new Json(payload));
    }

    @Test
    void the_certificate_comes_back_in_the_payload_beside_what_the_enrollment_says() throws Exception {
        reception.answer(request -> ObedientReception.certified(
                request, Optional.of(new Json("{\"server\":\"x\",\"certificate\":\"mine\"}")), ISSUED));

        JsonNode payload = payload(register("{\"csr\":\"" + BASE64 + "\"}"));

        assertThat(payload.path("server").asText()).isEqualTo("x");
        assertThat(payload.path("certificate").asText()).isEqualTo(TestAuthority.pem(LEAF.der()));
        assertThat(payload.path("certificateChain").asText()).isEqualTo(TestAuthority.pem(LEAF.der()) + ISSUING.pem());
        assertThat(payload.path("certificateAuthorities").asText()).isEqualTo(ROOT.pem());
        assertThat(payload.path("renewAfter").asText()).isEqualTo("2026-12-01T08:09:10Z");
    }

    @Test
    void an_enrollment_that_hands_out_no_object_does_not_keep_the_certificate_back() throws Exception {
        reception.answer(request -> ObedientReception.certified(request, Optional.of(new Json("[1]")), ISSUED));

        assertThat(payload(register("{}")).path("certificate").asText()).startsWith("-----BEGIN CERTIFICATE-----");
    }

    private HttpAnswer register(String payload) {
        String body = "{\"payload\":" + payload + "}";
        return door.answer(new HttpExchange(
                        "PUT",
                        RequestTarget.parse(REGISTER).orElseThrow(),
                        HttpFields.of(Map.of()),
                        Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
                        new TlsPeer(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000),
                                List.of(LEAF.certificate()),
                                Optional.empty())))
                .orElseThrow();
    }

    private static JsonNode payload(HttpAnswer answer) throws Exception {
        return json(answer).path("registrationState").path("payload");
    }

    private static JsonNode json(HttpAnswer answer) throws Exception {
        return new ObjectMapper().readTree(answer.body().toArray());
    }
}
