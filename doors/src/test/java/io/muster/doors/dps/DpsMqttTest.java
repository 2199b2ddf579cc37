package io.muster.doors.dps;

import static io.muster.doors.testkit.Packets.octets;
import static io.muster.doors.testkit.Packets.publish;
import static io.muster.doors.testkit.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.core.door.Evidence;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.doors.mqtt.MqttLimits;
import io.muster.doors.mqtt.MqttWall;
import io.muster.doors.testkit.MqttCaller;
import io.muster.doors.testkit.MqttCaller.Packet;
import io.muster.doors.testkit.MqttReached;
import io.muster.doors.testkit.ObedientReception;
import io.muster.doors.testkit.Packets;
import io.muster.doors.testkit.TestPki;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(ints = {4, 5})
class DpsMqttTest {

    private static final String USER = "acme/registrations/Pump-1/api-version=2019-03-31&ClientVersion=2019-03-31";
    private static final String TOKEN = "sr=acme/registrations/Pump-1&sig=c2ln&se=1900000000&skn=";
    private static final String ANSWERS = "$dps/registrations/res/#";
    private static final String REGISTER = "$dps/registrations/PUT/iotdps-register/?$rid=";
    private static final String STATUS = "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=";
    private static final OperationId OPERATION = new OperationId(new UUID(3, 4));

    private final int level;
    private final ObedientReception reception = new ObedientReception();
    private MqttReached reached;

    DpsMqttTest(int level) {
        this.level = level;
    }

    @BeforeEach
    void open() throws IOException {
        DpsMqttDoor door = new DpsMqttDoor(reception, InstantSource.fixed(Instant.parse("2026-11-23T10:00:00.5Z")));
        reached = MqttReached.alone(new MqttWall(List.of(door), MqttLimits.usual()));
    }

    @AfterEach
    void close() {
        reached.close();
    }

    @Test
    void a_device_with_a_token_registers_as_the_java_sdk_does() throws Exception {
        try (MqttCaller caller = subscribed(1)) {
            Packet answer = caller.send(publish(level, REGISTER + "1", "{\"registrationId\":\"Pump-1\"}"))
                    .read(Packets.PUBLISH);

            assertThat(answer.topic()).isEqualTo("$dps/registrations/res/200/?$rid=1");
            assertThat(answer.qos()).isEqualTo(1);
            assertThat(json(answer).path("status").asText()).isEqualTo("assigned");
            assertThat(json(answer).at("/registrationState/deviceId").asText()).isEqualTo("dev-pump-1");
        }
        var request = reception.asked().getFirst();
        assertThat(request.door()).isEqualTo("dps-mqtt");
        assertThat(request.scope()).contains("acme");
        assertThat(request.registrationId().display()).isEqualTo("Pump-1");
        assertThat(request.source()).isEqualTo("127.0.0.1");
        assertThat(request.evidence())
                .containsExactly(new Evidence.SharedAccessSignature(TOKEN, "acme/registrations/Pump-1"));
    }

    @Test
    void a_device_with_a_certificate_shows_no_password() throws Exception {
        try (MqttCaller caller = MqttCaller.with(TestPki.client("Pump-1", 1), reached.address())) {
            caller.in(new Packets.Connect(level, "Pump-1").user(USER).bytes())
                    .send(subscribe(level, 1, ANSWERS, 0), publish(level, 2, REGISTER + "x-1", "{}"))
                    .read(Packets.SUBACK);
            caller.read(Packets.PUBACK);
            Packet answer = caller.read(Packets.PUBLISH);

            assertThat(answer.topic()).isEqualTo("$dps/registrations/res/200/?$rid=x-1");
            assertThat(answer.qos()).isZero();
        }
        assertThat(reception.asked().getFirst().evidence())
                .singleElement()
                .isInstanceOf(Evidence.CertificateChain.class);
    }

    @Test
    void a_device_that_has_to_wait_is_told_how_long_and_asks_again() throws Exception {
        reception.answer(_ -> new Outcome.Deferred(ObedientReception.ATTEMPT, OPERATION, Duration.ofSeconds(3)));
        try (MqttCaller caller = subscribed(1)) {
            Packet first = caller.send(publish(level, REGISTER + "1", "")).read(Packets.PUBLISH);
            assertThat(first.topic()).isEqualTo("$dps/registrations/res/202/?$rid=1&retry-after=3");
            assertThat(json(first).path("operationId").asText()).isEqualTo(OPERATION.toString());

            for (String nothing : List.of("", " ")) {
                Packet again = caller.send(publish(level, STATUS + "2&operationId=" + OPERATION, nothing))
                        .read(Packets.PUBLISH);
                assertThat(again.topic()).isEqualTo("$dps/registrations/res/202/?$rid=2&retry-after=3");
            }
        }
        assertThat(reception.operations()).containsExactly(OPERATION, OPERATION);
    }

    @Test
    void an_answer_comes_once_and_no_sooner_than_25_ms_after_the_question() throws Exception {
        try (MqttCaller caller = subscribed(1)) {
            long asked = System.nanoTime();
            caller.send(publish(level, REGISTER + "1", "{}")).read(Packets.PUBLISH);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isGreaterThanOrEqualTo(Duration.ofMillis(25));

            caller.send(Packets.PINGREQ).read(Packets.PINGRESP);
        }
    }

    @Test
    void an_answer_that_is_held_back_is_sent_before_the_server_stops() throws Exception {
        try (MqttCaller caller = subscribed(0)) {
            caller.send(publish(level, REGISTER + "1", "{}"));
            await().until(() -> !reception.asked().isEmpty());
            Thread.startVirtualThread(() -> reached.stop(Duration.ofSeconds(10)));

            assertThat(caller.read(Packets.PUBLISH).topic()).isEqualTo("$dps/registrations/res/200/?$rid=1");
            assertThat(caller.rest()).isEqualTo(level == 5 ? Packets.packet(0xe0, octets(0x8b, 0)) : new byte[0]);
        }
    }

    @Test
    void a_refusal_is_told_in_the_form_from_which_the_sdks_make_their_text() throws Exception {
        try (MqttCaller caller = subscribed(1)) {
            reception.answer(_ -> ObedientReception.refused(new Refusal.TokenSignatureWrong()));
            Packet answer = caller.send(publish(level, REGISTER + "1", "{}")).read(Packets.PUBLISH);

            assertThat(answer.topic()).isEqualTo("$dps/registrations/res/401/?$rid=1");
            assertThat(json(answer).path("errorCode").asInt()).isEqualTo(401002);
            assertThat(json(answer).path("message").asText()).isNotEmpty();
            assertThat(json(answer).path("trackingId").asText()).isEqualTo(ObedientReception.ATTEMPT.toString());
        }
    }

    @Test
    void a_body_that_cannot_be_read_is_answered_and_turned_away() throws Exception {
        try (MqttCaller caller = subscribed(1)) {
            String deep = "{\"payload\":" + "[".repeat(100) + "]".repeat(100) + "}";
            String large = "{\"payload\":\"" + "x".repeat(65 * 1024) + "\"}";
            for (String body : List.of("{", "{\"registrationId\":\"pump-2\"}", " ".repeat(65 * 1024), deep, large)) {
                Packet answer =
                        caller.send(publish(level, REGISTER + "1", body)).read(Packets.PUBLISH);
                assertThat(json(answer).path("errorCode").asInt()).isIn(400201, 413201);
            }
        }
        assertThat(reception.asked()).isEmpty();
        assertThat(reception.turnedAway()).hasSize(5);
    }

    @Test
    void nothing_but_the_answers_may_be_subscribed_to() throws Exception {
        try (MqttCaller caller = in()) {
            for (String filter : List.of("#", "+/registrations/res/#", "$dps/#", "$dps/registrations/res/200/#", "x")) {
                assertThat(caller.send(subscribe(level, 1, filter, 1))
                                .read(Packets.SUBACK)
                                .last())
                        .isEqualTo(level == 5 ? 0x87 : 0x80);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$dps/registrations/PUT/iotdps-register/",
                "$dps/registrations/PUT/iotdps-register/?rid=1",
                "$dps/registrations/PUT/iotdps-register/?$rid=",
                "$dps/registrations/PUT/iotdps-register/?$rid=1&$rid=2",
                "$dps/registrations/PUT/iotdps-register/?$rid=a/b",
                "$dps/registrations/PUT/iotdps-register/?$rid=ä",
                "$dps/registrations/POST/iotdps-register/?$rid=1",
                "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=1",
                "$dps/registrations/res/200/?$rid=1",
                "$aws/certificates/create/json",
                "devices/pump-1/messages/events"
            })
    void any_other_topic_is_denied(String topic) throws Exception {
        try (MqttCaller caller = subscribed(1)) {
            caller.send(publish(level, 5, topic, "{}"));
            if (level == 5) {
                assertThat(caller.read(Packets.PUBACK).body().hex()).isEqualTo("00059000");
            } else {
                assertThat(caller.ended()).isTrue();
            }
        }
        assertThat(reception.untouched()).isTrue();
    }

    @Test
    void whoever_is_none_of_ours_or_shows_nothing_or_is_somebody_else_is_not_let_in() throws Exception {
        int notAuthorized = level == 5 ? 0x87 : 5;
        int clientId = level == 5 ? 0x85 : 2;
        assertThat(refusal("Pump-1", Optional.of("?SDK=JavaV2&Version=0.43"), true))
                .isEqualTo(notAuthorized);
        assertThat(refusal("Pump-1", Optional.empty(), false)).isEqualTo(notAuthorized);
        assertThat(reception.untouched()).isTrue();

        assertThat(refusal("Pump-2", Optional.of(USER), true)).isEqualTo(clientId);
        assertThat(refusal("Pump-1", Optional.of("acme/registrations/Pump-1"), true))
                .isEqualTo(notAuthorized);
        assertThat(refusal("Pump-1", Optional.of("acme/registrations/Pump-1/api-version=2018-11-01"), true))
                .isEqualTo(notAuthorized);
        assertThat(refusal("Pump/1", Optional.of("acme/registrations/Pump 1/api-version=2019-03-31"), true))
                .isEqualTo(clientId);
        assertThat(reception.asked()).isEmpty();
    }

    @Test
    void whoever_proves_nothing_or_cannot_be_judged_now_is_not_let_in() throws Exception {
        reception.answer(_ -> ObedientReception.refused(new Refusal.TokenSignatureWrong()));
        assertThat(refusal("Pump-1", Optional.of(USER), true)).isEqualTo(level == 5 ? 0x87 : 5);

        reception.answer(_ -> ObedientReception.refused(new Refusal.Unavailable("The ledger is unavailable.")));
        assertThat(refusal("Pump-1", Optional.of(USER), true)).isEqualTo(level == 5 ? 0x88 : 3);

        reception.answer(_ -> ObedientReception.refused(new Refusal.NotRegistered()));
        in().close();
        assertThat(reception.asked()).isEmpty();
    }

    @Test
    void letter_case_makes_no_other_device() throws Exception {
        try (MqttCaller older = in();
                MqttCaller newer = reached.caller()) {
            newer.in(connect("PUMP-1").bytes()).send(Packets.PINGREQ).read(Packets.PINGRESP);

            assertThat(older.rest()).isEqualTo(level == 5 ? Packets.packet(0xe0, octets(0x8e, 0)) : new byte[0]);
        }
    }

    @Test
    void a_will_has_no_topic_here() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            Packet answer = caller.send(
                            connect("Pump-1").will(REGISTER + "1", "{}", 0).bytes())
                    .read(Packets.CONNACK);

            assertThat(answer.octet(1)).isEqualTo(level == 5 ? 0x87 : 5);
        }
    }

    private int refusal(String clientId, Optional<String> user, boolean token) throws Exception {
        Packets.Connect connect = new Packets.Connect(level, clientId);
        user.ifPresent(connect::user);
        if (token) {
            connect.password("SharedAccessSignature " + TOKEN);
        }
        try (MqttCaller caller = reached.caller()) {
            Packet answer = caller.send(connect.bytes()).read(Packets.CONNACK);
            caller.rest();
            return answer.octet(1);
        }
    }

    private Packets.Connect connect(String clientId) {
        return new Packets.Connect(level, clientId).flags(0).user(USER).password("SharedAccessSignature " + TOKEN);
    }

    private MqttCaller in() throws Exception {
        return reached.caller().in(connect("Pump-1").bytes());
    }

    private MqttCaller subscribed(int qos) throws Exception {
        MqttCaller caller = in();
        assertThat(caller.send(subscribe(level, 1, ANSWERS, qos))
                        .read(Packets.SUBACK)
                        .last())
                .isEqualTo(qos);
        return caller;
    }

    private JsonNode json(Packet answer) throws IOException {
        return new ObjectMapper().readTree(answer.payload(level));
    }
}
