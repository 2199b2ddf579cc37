package io.muster.doors.aws;

import static io.muster.doors.testkit.Packets.publish;
import static io.muster.doors.testkit.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import co.nstant.in.cbor.CborDecoder;
import co.nstant.in.cbor.CborEncoder;
import co.nstant.in.cbor.model.DataItem;
import co.nstant.in.cbor.model.Map;
import co.nstant.in.cbor.model.UnicodeString;
import co.nstant.in.cbor.model.UnsignedInteger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.door.Admitted;
import io.muster.core.door.CreationRequest.Wanted;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.TenantDomain;
import io.muster.doors.mqtt.MqttLimits;
import io.muster.doors.mqtt.MqttWall;
import io.muster.doors.testkit.MqttCaller;
import io.muster.doors.testkit.MqttCaller.Packet;
import io.muster.doors.testkit.MqttReached;
import io.muster.doors.testkit.ObedientReception;
import io.muster.doors.testkit.Packets;
import io.muster.doors.testkit.TestPki;
import io.muster.x509.testkit.RequestSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {4, 5})
class AwsDoorTest {

    private static final String CREATE = "$aws/certificates/create/json";
    private static final String FROM_CSR = "$aws/certificates/create-from-csr/json";
    private static final String REGISTER = "$aws/provisioning-templates/Line_1/provision/json";
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.5Z");
    private static final TestPki.Holder CLIENT = TestPki.client("line-1", 1);

    private final int level;
    private final ObedientReception reception = new ObedientReception();
    private final ObedientPorts ports = new ObedientPorts();
    private MqttReached reached;

    AwsDoorTest(int level) {
        this.level = level;
    }

    @BeforeEach
    void open() throws IOException {
        AwsDoor door = new AwsDoor(ports, ports, reception, ports, TenantDomain.NONE, InstantSource.fixed(NOW));
        reached = MqttReached.alone(new MqttWall(List.of(door), MqttLimits.usual()));
    }

    @AfterEach
    void close() {
        reached.close();
    }

    @Test
    void whoever_shows_no_certificate_is_none_of_this_doors_callers() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            assertThat(code(caller, new Packets.Connect(level, "x"))).isEqualTo(denied());
        }
        assertThat(ports.connections).isEmpty();
        assertThat(reception.untouched()).isTrue();
    }

    @Test
    void the_user_name_and_the_password_of_the_sdks_say_nothing() throws Exception {
        try (MqttCaller caller = knocking()) {
            assertThat(code(
                            caller,
                            new Packets.Connect(level, "c-1")
                                    .user("?SDK=JavaV2")
                                    .password("x")))
                    .isZero();
        }
        assertThat(ports.connections).singleElement().satisfies(it -> {
            assertThat(it.door()).isEqualTo("aws-mqtt");
            assertThat(it.scope()).isEmpty();
            assertThat(it.clientId()).isEqualTo("c-1");
            assertThat(it.chain()).hasSize(2);
            assertThat(it.source()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void whoever_is_refused_is_told_so_in_the_codes_that_the_sdks_know() throws Exception {
        ports.admitted = ObedientPorts.refused(new Refusal.CertificatePending());
        try (MqttCaller caller = knocking()) {
            assertThat(code(caller, new Packets.Connect(level, "c-1"))).isEqualTo(denied());
        }
        ports.admitted = ObedientPorts.refused(new Refusal.Unavailable("The ledger is unavailable."));
        try (MqttCaller caller = knocking()) {
            assertThat(code(caller, new Packets.Connect(level, "c-1"))).isEqualTo(level == 5 ? 0x88 : 3);
        }
    }

    @Test
    void whoever_was_let_in_is_watched_over_until_the_connection_ends_and_sent_away_when_told_so() throws Exception {
        for (Admitted admitted : List.of(ObedientPorts.CLAIMANT, ObedientPorts.known())) {
            ports.admitted = admitted;
            try (MqttCaller caller = knocking()) {
                assertThat(code(caller, new Packets.Connect(level, "c-1"))).isZero();
                await().until(() -> ports.stays.size() == 1);
                ports.stays.getFirst().run();
                assertThat(caller.rest())
                        .isEqualTo(level == 5 ? new byte[] {(byte) 0xe0, 2, (byte) 0x87, 0} : new byte[0]);
            }
            await().until(ports.stays::isEmpty);
        }
    }

    @Test
    void with_one_claim_as_many_connections_are_open_as_it_may_have() throws Exception {
        try (MqttCaller one = knocking();
                MqttCaller two = knocking();
                MqttCaller three = knocking()) {
            assertThat(code(one, new Packets.Connect(level, "c-1"))).isZero();
            assertThat(code(two, new Packets.Connect(level, "c-2"))).isZero();
            assertThat(code(three, new Packets.Connect(level, "c-3"))).isEqualTo(level == 5 ? 0x97 : 3);
        }
        await().until(ports.stays::isEmpty);
        try (MqttCaller again = knocking()) {
            assertThat(code(again, new Packets.Connect(level, "c-3"))).isZero();
        }
    }

    @Test
    void a_key_and_a_certificate_are_created_for_an_empty_object_and_for_nothing_at_all() throws Exception {
        for (String nothing : List.of("{}", "", " {\"unknown\":[{\"a\":null}]} ")) {
            JsonNode answer = accepted(CREATE, nothing);

            assertThat(answer.properties())
                    .extracting(java.util.Map.Entry::getKey)
                    .containsExactly("certificateId", "certificatePem", "privateKey", "certificateOwnershipToken");
            assertThat(answer.path("certificateId").asText()).isEqualTo(ObedientPorts.leafId());
            assertThat(answer.path("certificatePem").asText()).isEqualTo(ObedientPorts.leafPem());
            assertThat(answer.path("privateKey").asText())
                    .isEqualTo("-----BEGIN PRIVATE KEY-----\nAQID\n-----END PRIVATE KEY-----\n");
            assertThat(answer.path("certificateOwnershipToken").asText()).isEqualTo(ObedientPorts.TOKEN);
        }
        assertThat(ports.creations).hasSize(3).allSatisfy(it -> assertThat(it.wanted())
                .isEqualTo(new Wanted.WithKey(KeyAlgorithm.RSA)));
    }

    @Test
    void a_certificate_is_created_for_the_devices_own_key() throws Exception {
        byte[] der = RequestSpec.of("pump-1").der();
        JsonNode answer = accepted(FROM_CSR, "{\"certificateSigningRequest\":\"" + pem(der) + "\"}");

        assertThat(answer.properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("certificateId", "certificatePem", "certificateOwnershipToken");
        assertThat(ports.creations.getFirst().claimant()).isEqualTo(ObedientPorts.CLAIMANT);
        assertThat(ports.creations.getFirst().wanted()).isInstanceOfSatisfying(Wanted.ForKey.class, it -> assertThat(
                        it.request().der())
                .isEqualTo(Bytes.of(der)));
    }

    @Test
    void a_thing_is_registered_and_told_its_name_and_a_flat_configuration() throws Exception {
        JsonNode answer = accepted(
                REGISTER,
                "{\"templateName\":\"Line_1\",\"certificateOwnershipToken\":\"t\",\"parameters\":{\"SerialNumber\":\"7\"}}");

        assertThat(answer.toString())
                .isEqualTo("{\"deviceConfiguration\":{\"broker\":\"eu\",\"interval\":\"60\"},"
                        + "\"thingName\":\"dev-pump-1\"}");
        assertThat(ports.registrations).singleElement().satisfies(it -> {
            assertThat(it.template()).isEqualTo(new Name("line-1"));
            assertThat(it.ownership()).isEqualTo("t");
            assertThat(it.parameters()).containsExactly(java.util.Map.entry("SerialNumber", "7"));
        });
    }

    @Test
    void cbor_is_answered_in_cbor() throws Exception {
        String topic = "$aws/provisioning-templates/line-1/provision/cbor";
        Map parameters = new Map().put(new UnicodeString("SerialNumber"), new UnicodeString("7"));
        Map asked = new Map()
                .put(new UnicodeString("certificateOwnershipToken"), new UnicodeString("t"))
                .put(new UnicodeString("parameters"), parameters);
        for (boolean chunked : new boolean[] {false, true}) {
            asked.setChunked(chunked);
            parameters.setChunked(chunked);
            Map answer = cbor(topic, "/accepted", encoded(asked));

            assertThat(answer.isChunked()).isFalse();
            assertThat(answer.get(new UnicodeString("thingName"))).isEqualTo(new UnicodeString("dev-pump-1"));
            assertThat(answer.get(new UnicodeString("deviceConfiguration")))
                    .isEqualTo(new Map()
                            .put(new UnicodeString("broker"), new UnicodeString("eu"))
                            .put(new UnicodeString("interval"), new UnicodeString("60")));
        }
        assertThat(ports.registrations)
                .extracting(it -> it.parameters().get("SerialNumber"))
                .containsExactly("7", "7");
    }

    @Test
    void a_rejection_in_cbor_has_a_number_for_its_status() throws Exception {
        byte[] twice = Packets.octets(0xa2, 0x61, 'a', 0x01, 0x61, 'a', 0x02);
        for (byte[] bad :
                List.of(twice, Packets.octets(0xbf, 0x61), Packets.octets(0x80), Packets.octets(0xa0, 0xa0))) {
            Map answer = cbor("$aws/certificates/create/cbor", "/rejected", bad);

            assertThat(answer.get(new UnicodeString("statusCode"))).isEqualTo(new UnsignedInteger(400));
            assertThat(answer.get(new UnicodeString("errorCode"))).isEqualTo(new UnicodeString("InvalidParameters"));
        }
        assertThat(ports.creations).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "{\"certificateOwnershipToken\":1}",
                "{\"parameters\":[]}",
                "{\"parameters\":{\"a\":1}}",
                "{\"parameters\":{\"a\":{\"b\":\"c\"}}}",
                "{\"parameters\":{\"a\":\"b\",\"a\":\"b\"}}",
                "{\"a\":1,\"a\":1}",
                "{} {}",
                "{\"certificateOwnershipToken\":\"\\ud800\"}"
            })
    void what_cannot_be_read_is_rejected_with_the_number_of_its_attempt(String payload) throws Exception {
        JsonNode answer = answer(REGISTER, payload, "/rejected");

        assertThat(answer.path("statusCode").isInt()).isTrue();
        assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
        assertThat(answer.path("errorCode").asText()).isEqualTo("InvalidParameters");
        assertThat(answer.path("errorMessage").asText()).contains(ObedientReception.ATTEMPT.toString());
        assertThat(reception.turnedAway()).hasSize(1);
        assertThat(ports.registrations).isEmpty();
    }

    @Test
    void what_is_too_large_or_too_deep_is_rejected_before_anything_is_asked() throws Exception {
        String deep = "{\"x\":" + "[".repeat(40) + "]".repeat(40) + "}";
        String long1 = "{\"parameters\":{\"a\":\"" + "x".repeat(4_097) + "\"}}";
        for (String payload : List.of(deep, long1, " ".repeat(10_241))) {
            assertThat(answer(REGISTER, payload, "/rejected").path("errorCode").asText())
                    .isEqualTo("InvalidParameters");
        }
        assertThat(ports.registrations).isEmpty();
    }

    @Test
    void a_request_that_is_none_is_an_invalid_signing_request() throws Exception {
        for (String payload : List.of("{}", "{\"certificateSigningRequest\":\"x\"}")) {
            JsonNode answer = answer(FROM_CSR, payload, "/rejected");
            assertThat(answer.path("statusCode").asInt()).isEqualTo(400);
            assertThat(answer.path("errorCode").asText()).isEqualTo("InvalidCertificateSigningRequest");
        }
    }

    @Test
    void a_fault_is_told_by_a_reference_and_nothing_else() throws Exception {
        ports.failing = true;
        JsonNode answer = answer(CREATE, "{}", "/rejected");

        assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
        assertThat(answer.path("errorCode").asText()).isEqualTo("InternalFailure");
        assertThat(answer.path("errorMessage").asText()).contains("reference").doesNotContain("secret");
    }

    @Test
    void refusals_have_awss_words() throws Exception {
        assertThat(told(new Refusal.ClaimSpent(3, Duration.ofDays(1)))).isEqualTo("429 Throttled");
        assertThat(told(new Refusal.ClaimTooFast(20))).isEqualTo("429 Throttled");
        assertThat(told(new Refusal.KeysBusy())).isEqualTo("429 Throttled");
        assertThat(told(new Refusal.ClaimRevoked())).isEqualTo("403 AccessDenied");
        assertThat(told(new Refusal.OwnershipTokenExpired(NOW))).isEqualTo("400 InvalidCertificateOwnershipToken");
        assertThat(told(new Refusal.CreationRevoked())).isEqualTo("400 InvalidCertificateOwnershipToken");
        assertThat(told(new Refusal.CreationTaken())).isEqualTo("409 ResourceConflictsException");
        assertThat(told(new Refusal.ThingConflict("pump-1"))).isEqualTo("409 ResourceConflictsException");
        assertThat(told(new Refusal.TemplateMissing("x"))).isEqualTo("404 ResourceNotFound");
        assertThat(told(new Refusal.TemplateFailed("/a", "b", "c"))).isEqualTo("400 InvalidParameters");
        assertThat(told(new Refusal.PossessionUnproved())).isEqualTo("400 InvalidCertificateSigningRequest");
        assertThat(told(new Refusal.Unavailable("x"))).isEqualTo("503 ServiceUnavailable");
    }

    private String told(Refusal refusal) throws Exception {
        ports.refusal = java.util.Optional.of(refusal);
        JsonNode answer = answer(REGISTER, "{}", "/rejected");
        return answer.path("statusCode").asInt() + " "
                + answer.path("errorCode").asText();
    }

    @ParameterizedTest
    @CsvSource({
        "$aws/certificates/create/json/accepted, true",
        "$aws/certificates/create/cbor/rejected, true",
        "$aws/certificates/create/+/+, true",
        "$aws/certificates/create/#, true",
        "$aws/certificates/create/json/#, true",
        "$aws/certificates/create-from-csr/json/accepted, true",
        "$aws/provisioning-templates/line-1/provision/json/accepted, true",
        "$aws/provisioning-templates/LINE_1/provision/cbor/rejected, true",
        "$aws/provisioning-templates/line-1/provision/#, true",
        "$aws/provisioning-templates/line-2/provision/json/accepted, false",
        "$aws/provisioning-templates/+/provision/json/accepted, false",
        "$aws/provisioning-templates/#, false",
        "$aws/provisioning-templates/line-1/#, false",
        "$aws/certificates/#, false",
        "$aws/certificates/+/json/accepted, false",
        "$aws/certificates/create, false",
        "$aws/certificates/create/json, false",
        "$aws/certificates/create/xml/accepted, false",
        "$aws/certificates/create/json/accepted/x, false",
        "$aws/#, false",
        "#, false",
        "t/pump-1/#, false",
        "$aws/events/presence/connected/pump-1, false"
    })
    void a_claim_awaits_answers_of_its_own_template_and_nothing_else(String filter, boolean granted) throws Exception {
        try (MqttCaller caller = in()) {
            int code = caller.send(subscribe(level, 1, filter, 1))
                    .read(Packets.SUBACK)
                    .last();
            assertThat(code).isEqualTo(granted ? 1 : level == 5 ? 0x87 : 0x80);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$aws/certificates/create",
                "$aws/certificates/create/xml",
                "$aws/certificates/create/json/accepted",
                "$aws/certificates/create/json/x",
                "$aws/provisioning-templates/line-1/provision/json/accepted",
                "$aws/provisioning-templates/line-2/provision/json",
                "$aws/provisioning-templates/line-1/provision",
                "$dps/registrations/PUT/iotdps-register/?$rid=1",
                "t/pump-1/x"
            })
    void a_claim_asks_on_three_topics_and_says_nothing_else(String topic) throws Exception {
        try (MqttCaller caller = in()) {
            assertThat(taken(caller, topic)).isFalse();
        }
        assertThat(ports.creations).isEmpty();
        assertThat(ports.registrations).isEmpty();
        assertThat(ports.messages).isEmpty();
    }

    @Test
    void a_claim_has_no_will() throws Exception {
        try (MqttCaller caller = knocking()) {
            assertThat(code(caller, new Packets.Connect(level, "c-1").will(CREATE, "{}", 0)))
                    .isEqualTo(denied());
        }
    }

    @Test
    void one_claim_is_used_by_many_clients_and_each_takes_itself_over_alone() throws Exception {
        try (MqttCaller one = in();
                MqttCaller two = knocking().in(Packets.connect(level, "c-2"));
                MqttCaller again = in()) {
            assertThat(one.rest()).hasSize(level == 5 ? 4 : 0);
            two.send(Packets.PINGREQ).read(Packets.PINGRESP);
            again.send(Packets.PINGREQ).read(Packets.PINGRESP);
        }
    }

    /// With QoS 1.
    private boolean taken(MqttCaller caller, String topic) throws IOException {
        caller.send(publish(level, 5, topic, "{}"));
        if (level == 4) {
            byte[] rest = caller.send(Packets.PINGREQ).rest(4);
            return rest.length == 4;
        }
        return caller.read(Packets.PUBACK).size() == 2;
    }

    private int denied() {
        return level == 5 ? 0x87 : 5;
    }

    private int code(MqttCaller caller, Packets.Connect connect) throws IOException {
        return caller.send(connect.bytes()).read(Packets.CONNACK).octet(1);
    }

    private MqttCaller knocking() throws Exception {
        return MqttCaller.with(CLIENT, reached.address());
    }

    private MqttCaller in() throws Exception {
        return knocking().in(Packets.connect(level, "c-1"));
    }

    private JsonNode accepted(String topic, String payload) throws Exception {
        return answer(topic, payload, "/accepted");
    }

    private JsonNode answer(String topic, String payload, String result) throws Exception {
        Packet answer = asked(topic, payload.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(answer.topic()).isEqualTo(topic + result);
        return new ObjectMapper().readTree(answer.payload(level));
    }

    private Map cbor(String topic, String result, byte[] payload) throws Exception {
        Packet answer = asked(topic, payload);
        assertThat(answer.topic()).isEqualTo(topic + result);
        List<DataItem> items = CborDecoder.decode(answer.octets(level));
        assertThat(items).hasSize(1);
        return (Map) items.getFirst();
    }

    private Packet asked(String topic, byte[] payload) throws Exception {
        try (MqttCaller caller = in()) {
            caller.send(subscribe(level, 1, topic + "/accepted", 1)).read(Packets.SUBACK);
            caller.send(subscribe(level, 2, topic + "/rejected", 1)).read(Packets.SUBACK);
            Packet answer = caller.send(publish(level, 9, topic, payload)).read(Packets.PUBLISH);
            assertThat(caller.read(Packets.PUBACK).number(0)).isEqualTo(9);
            return answer;
        }
    }

    private static byte[] encoded(DataItem item) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        new CborEncoder(octets)
                .encode(new co.nstant.in.cbor.CborBuilder().add(item).build());
        return octets.toByteArray();
    }

    private static String pem(byte[] der) {
        return "-----BEGIN CERTIFICATE REQUEST-----\\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(der)
                        .replace("\n", "\\n")
                + "\\n-----END CERTIFICATE REQUEST-----\\n";
    }
}
