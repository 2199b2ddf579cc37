package io.muster.fleet.aws;

import static io.muster.fleet.mqtt.PretendBroker.code;
import static io.muster.fleet.mqtt.PretendBroker.hangUp;
import static io.muster.fleet.mqtt.PretendBroker.usual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.mqtt.PretendBroker;
import io.muster.fleet.mqtt.PretendBroker.Reaction;
import io.muster.fleet.mqtt.PretendBroker.Script;
import io.muster.fleet.mqtt.PretendBroker.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AwsClientTest {

    private static final X509Device CLAIM = Maker.found("Acme").make("line-1");
    private static final Keysmith KEYSMITH = new Keysmith();
    private static final Patience PATIENCE = Patience.once().within(Duration.ofSeconds(20));
    private static final Patience THREE_TRIES =
            new Patience(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20), 3);
    private static final String CREATE = "$aws/certificates/create-from-csr/json";
    private static final String REGISTER = "$aws/provisioning-templates/things/provision/json";
    private static final String TELEMETRY = "t/thing-pump-1/telemetry";

    private final PretendAws aws = new PretendAws();
    private final Newcomer pump = Newcomer.withKey(CLAIM, KEYSMITH.request("pump-1"));

    @Test
    void a_newcomer_becomes_a_thing_and_reports_with_its_own_certificate() throws Exception {
        try (PretendBroker broker = new PretendBroker(aws)) {
            Provisioning provisioning = provision(broker, pump, Format.JSON, PATIENCE);

            Onboarding.Enrolled enrolled = enrolled(provisioning);
            assertThat(enrolled.thing()).isEqualTo("thing-pump-1");
            assertThat(provisioning.latency()).isPositive();
            await().untilAsserted(() -> assertThat(packets(broker, "pump-1"))
                    .containsExactly(
                            "CONNECT",
                            "SUBSCRIBE",
                            "SUBSCRIBE",
                            "PUBLISH",
                            "PUBACK 7", //
                            "SUBSCRIBE",
                            "SUBSCRIBE",
                            "PUBLISH",
                            "PUBACK 7",
                            "DISCONNECT"));
            await().untilAsserted(() ->
                    assertThat(packets(broker, "thing-pump-1")).containsExactly("CONNECT", "PUBLISH", "DISCONNECT"));
            Seen telemetry = published(broker, TELEMETRY);
            assertThat(telemetry.qos()).isEqualTo(1);
            assertThat(telemetry.guest().clientId()).isEqualTo("thing-pump-1");
            assertThat(telemetry.guest().shown().getFirst().getEncoded())
                    .isEqualTo(enrolled.operational().certificate());
        }
    }

    @Test
    void the_claim_connects_and_asks_as_the_java_sdk_does() throws Exception {
        try (PretendBroker broker = new PretendBroker(aws)) {
            provision(broker, pump, Format.JSON, PATIENCE);

            Seen create = published(broker, CREATE);
            assertThat(create.qos()).isEqualTo(1);
            assertThat(create.text()).contains("BEGIN CERTIFICATE REQUEST");
            assertThat(create.guest().clientId()).isEqualTo("pump-1");
            assertThat(create.guest().userName()).isEqualTo("?SDK=JavaV2&Version=0.43");
            assertThat(create.guest().password()).isEmpty();
            assertThat(create.guest().cleanSession()).isTrue();
            assertThat(create.guest().keepAliveSeconds()).isEqualTo(1200);
            assertThat(create.guest().shown().getFirst().getEncoded()).isEqualTo(CLAIM.certificate());
            assertThat(broker.seen().stream()
                            .filter(seen -> seen.is("SUBSCRIBE"))
                            .map(Seen::topic))
                    .containsExactly(
                            CREATE + "/accepted", CREATE + "/rejected", REGISTER + "/accepted", REGISTER + "/rejected");
            JsonNode register =
                    new ObjectMapper().readTree(published(broker, REGISTER).payload());
            assertThat(register.path("templateName").asText()).isEqualTo("things");
            assertThat(register.at("/parameters/SerialNumber").asText()).isEqualTo("pump-1");
            assertThat(register.path("certificateOwnershipToken").asText()).startsWith("token of ");
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_newcomer_without_a_key_gets_one(Format format) throws Exception {
        try (PretendBroker broker = new PretendBroker(aws)) {
            Newcomer keyless = Newcomer.withoutKey(CLAIM, "valve-1");

            assertThat(enrolled(provision(broker, keyless, format, PATIENCE)).thing())
                    .isEqualTo("thing-valve-1");
        }
    }

    @Test
    void requests_and_answers_may_be_cbor() throws Exception {
        try (PretendBroker broker = new PretendBroker(aws)) {
            enrolled(provision(broker, pump, Format.CBOR, PATIENCE));

            assertThat(published(broker, "$aws/certificates/create-from-csr/cbor")
                                    .payload()[0]
                            & 0xe0)
                    .as("a map of CBOR")
                    .isEqualTo(0xa0);
        }
    }

    @Test
    void a_thing_that_shall_not_report_does_not_come_back() throws Exception {
        try (PretendBroker broker = new PretendBroker(aws)) {
            AwsTarget target =
                    new AwsTarget(broker.address(), broker.anchorPem(), "things", Format.JSON, Optional.empty());

            enrolled(provision(target, pump, PATIENCE));
            assertThat(broker.packets()).containsOnlyOnce("CONNECT");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CREATE, REGISTER})
    void a_rejection_carries_the_servers_code_and_is_final(String topic) throws Exception {
        Map<String, ?> rejection = Map.of("statusCode", 400, "errorCode", "InvalidToken", "errorMessage", "no");
        try (PretendBroker broker = new PretendBroker(at(topic, seen -> aws.reject(seen, rejection)))) {
            assertThat(provision(broker, pump, Format.JSON, THREE_TRIES).onboarding())
                    .isEqualTo(new Onboarding.Refused(400, "InvalidToken", "no"));
            assertThat(broker.packets()).containsOnlyOnce("CONNECT");
        }
    }

    @Test
    void a_throttled_newcomer_begins_again_and_then_believes() throws Exception {
        Map<String, ?> rejection = Map.of("statusCode", 429, "errorCode", "Throttled", "errorMessage", "later");
        try (PretendBroker broker = new PretendBroker(at(REGISTER, seen -> aws.reject(seen, rejection)))) {
            assertThat(provision(broker, pump, Format.JSON, THREE_TRIES).onboarding())
                    .isEqualTo(new Onboarding.Refused(429, "Throttled", "later"));
            assertThat(broker.packets().stream().filter("CONNECT"::equals)).hasSize(3);
        }
    }

    @Test
    void a_claim_that_is_not_authorized_is_refused() throws Exception {
        try (PretendBroker broker = new PretendBroker(_ -> code(5))) {
            assertThat(provision(broker, pump, Format.JSON, THREE_TRIES).onboarding())
                    .isEqualTo(new Onboarding.Refused(5, "CONNACK", "not authorized"));
        }
    }

    @Test
    void a_template_that_the_claim_may_not_use_is_refused() throws Exception {
        Script script = seen -> seen.topic().startsWith("$aws/provisioning") ? code(0x80) : aws.reactTo(seen);
        try (PretendBroker broker = new PretendBroker(script)) {
            assertThat(provision(broker, pump, Format.JSON, PATIENCE).onboarding())
                    .isEqualTo(new Onboarding.Refused(0x80, "SUBACK", "no subscription to " + REGISTER + "/accepted"));
        }
    }

    @Test
    void a_thing_whose_certificate_is_not_let_in_is_refused() throws Exception {
        Script script = seen ->
                seen.is("CONNECT") && seen.guest().clientId().startsWith("thing-") ? code(5) : aws.reactTo(seen);
        try (PretendBroker broker = new PretendBroker(script)) {
            assertThat(provision(broker, pump, Format.JSON, THREE_TRIES).onboarding())
                    .isEqualTo(new Onboarding.Refused(5, "CONNACK", "not authorized"));
        }
    }

    @Test
    void a_thing_that_lost_its_connection_comes_back_with_what_it_has() throws Exception {
        AtomicInteger reports = new AtomicInteger();
        Script script =
                seen -> seen.topic().equals(TELEMETRY) && reports.incrementAndGet() < 3 ? hangUp() : aws.reactTo(seen);
        try (PretendBroker broker = new PretendBroker(script)) {
            enrolled(provision(broker, pump, Format.JSON, THREE_TRIES));

            assertThat(broker.seen().stream().filter(seen -> seen.topic().equals(REGISTER) && seen.is("PUBLISH")))
                    .hasSize(1);
            assertThat(reports).hasValue(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {CREATE, REGISTER, TELEMETRY})
    void a_hang_up_is_a_loss_at_every_step(String topic) throws Exception {
        Script script = seen -> seen.is("PUBLISH") && seen.topic().equals(topic) ? hangUp() : aws.reactTo(seen);
        try (PretendBroker broker = new PretendBroker(script)) {
            assertThat(provision(broker, pump, Format.JSON, PATIENCE).onboarding())
                    .isEqualTo(new Onboarding.Lost("closed without an answer"));
        }
    }

    @Test
    void silence_is_a_loss_at_every_step() throws Exception {
        Patience hasty = PATIENCE.within(Duration.ofMillis(1500));
        try (PretendBroker broker = new PretendBroker(
                seen -> seen.topic().equals(CREATE) && seen.is("PUBLISH") ? usual() : aws.reactTo(seen))) {
            assertThat(provision(broker, pump, Format.JSON, hasty).onboarding())
                    .isEqualTo(new Onboarding.Lost("no answer within 1500 ms"));
        }
        try (PretendBroker broker =
                new PretendBroker(seen -> seen.topic().equals(TELEMETRY) ? List.of() : aws.reactTo(seen))) {
            assertThat(provision(broker, pump, Format.JSON, hasty).onboarding())
                    .isEqualTo(new Onboarding.Lost("no PUBACK within 1500 ms"));
        }
    }

    @Test
    void an_answer_that_no_sdk_could_use_is_a_loss() throws Exception {
        assertLost(
                CREATE,
                fields -> fields.remove("certificateOwnershipToken"),
                "the answer has no certificateOwnershipToken");
        assertLost(CREATE, fields -> fields.put("certificateId", "42"), "certificateId is not 64 hexadecimal digits");
        assertLost(CREATE, fields -> fields.remove("certificatePem"), "the answer has no certificatePem");
        assertLost(CREATE, fields -> fields.put("certificatePem", ""), "certificatePem holds no certificate");
        assertLost(
                CREATE,
                fields ->
                        fields.put("certificatePem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
                "a certificate or key in the answer is malformed");
        assertLost(
                CREATE,
                fields -> fields.put("certificatePem", CLAIM.chainPem()),
                "the certificate is not for the device's key");
        assertLost(REGISTER, fields -> fields.remove("thingName"), "the answer has no thingName");
        assertLost(
                REGISTER,
                fields -> fields.put("deviceConfiguration", Map.of("nested", Map.of("a", "b"))),
                "deviceConfiguration is not a flat map of text, which Java's SDK cannot read");
        assertLost(
                REGISTER,
                fields -> fields.put("deviceConfiguration", Map.of("interval", 60)),
                "deviceConfiguration is not a flat map of text, which Java's SDK cannot read");
    }

    @Test
    void a_key_that_does_not_fit_its_certificate_is_a_loss() throws Exception {
        Script script = at("$aws/certificates/create/json", seen -> {
            Map<String, Object> fields = aws.answer(seen);
            fields.put("privateKey", CLAIM.privateKeyPem());
            return aws.accept(seen, fields);
        });
        try (PretendBroker broker = new PretendBroker(script)) {
            assertThat(provision(broker, Newcomer.withoutKey(CLAIM, "valve-1"), Format.JSON, PATIENCE)
                            .onboarding())
                    .isEqualTo(new Onboarding.Lost("the certificate is not for the key that came with it"));
        }
    }

    @Test
    void a_rejection_without_its_fields_is_a_loss() throws Exception {
        Map<String, ?> rejection = Map.of("statusCode", "400", "errorCode", "x", "errorMessage", "y");
        try (PretendBroker broker = new PretendBroker(at(CREATE, seen -> aws.reject(seen, rejection)))) {
            assertThat(provision(broker, pump, Format.JSON, PATIENCE).onboarding())
                    .isEqualTo(new Onboarding.Lost("a rejection without statusCode, errorCode and errorMessage"));
        }
    }

    @Test
    void an_answer_in_another_format_or_on_another_topic_is_a_loss() throws Exception {
        Script garbled = at(CREATE, _ -> PretendBroker.say(CREATE + "/accepted", "not json"));
        try (PretendBroker broker = new PretendBroker(garbled)) {
            assertThat(provision(broker, pump, Format.JSON, PATIENCE).onboarding())
                    .isEqualTo(new Onboarding.Lost("the answer is not in the format of the request"));
        }
        Script astray = at(CREATE, _ -> PretendBroker.say(REGISTER + "/accepted", "{}"));
        try (PretendBroker broker = new PretendBroker(astray)) {
            assertThat(provision(broker, pump, Format.JSON, PATIENCE).onboarding())
                    .isEqualTo(new Onboarding.Lost("the answer's topic is not that of an answer to the request"));
        }
    }

    @Test
    void a_configuration_may_be_left_out() throws Exception {
        Script script = at(REGISTER, seen -> aws.accept(seen, Map.of("thingName", "thing-pump-1")));
        try (PretendBroker broker = new PretendBroker(script)) {
            enrolled(provision(broker, pump, Format.JSON, PATIENCE));
        }
    }

    @Test
    void an_ownership_token_is_not_printed() {
        assertThat(new Created(CLAIM, "hush").toString()).doesNotContain("hush");
    }

    private interface Answer {
        Reaction to(Seen request) throws Exception;
    }

    /// As usual, but for requests on one topic.
    private Script at(String topic, Answer answer) {
        return seen -> seen.is("PUBLISH") && seen.topic().equals(topic)
                ? List.of(new Reaction.Usual(), answer.to(seen))
                : aws.reactTo(seen);
    }

    private void assertLost(String topic, Consumer<Map<String, Object>> change, String reason) throws Exception {
        Script script = at(topic, seen -> {
            Map<String, Object> fields = aws.answer(seen);
            change.accept(fields);
            return aws.accept(seen, fields);
        });
        try (PretendBroker broker = new PretendBroker(script)) {
            assertThat(provision(broker, pump, Format.JSON, PATIENCE).onboarding())
                    .isEqualTo(new Onboarding.Lost(reason));
        }
    }

    private static List<String> packets(PretendBroker broker, String clientId) {
        return broker.seen().stream()
                .filter(seen -> seen.guest().clientId().equals(clientId))
                .map(Seen::packet)
                .toList();
    }

    private static Seen published(PretendBroker broker, String topic) {
        return broker.seen().stream()
                .filter(seen -> seen.is("PUBLISH") && seen.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    private static Onboarding.Enrolled enrolled(Provisioning provisioning) {
        assertThat(provisioning.onboarding()).isInstanceOf(Onboarding.Enrolled.class);
        return (Onboarding.Enrolled) provisioning.onboarding();
    }

    private static Provisioning provision(PretendBroker broker, Newcomer newcomer, Format format, Patience patience)
            throws Exception {
        AwsTarget target = new AwsTarget(
                broker.address(), broker.anchorPem(), "things", format, Optional.of("t/{thing}/telemetry"));
        return provision(target, newcomer, patience);
    }

    private static Provisioning provision(AwsTarget target, Newcomer newcomer, Patience patience) throws Exception {
        try (AwsClient client = new AwsClient(target, patience, 1)) {
            CompletableFuture<Provisioning> done = new CompletableFuture<>();
            client.provision(newcomer, System.nanoTime(), done::complete);
            return done.get(60, TimeUnit.SECONDS);
        }
    }
}
