package io.muster.fleet.mqtt;

import static io.muster.fleet.mqtt.PretendBroker.answer;
import static io.muster.fleet.mqtt.PretendBroker.code;
import static io.muster.fleet.mqtt.PretendBroker.hangUp;
import static io.muster.fleet.mqtt.PretendBroker.say;
import static io.muster.fleet.mqtt.PretendBroker.silence;
import static io.muster.fleet.mqtt.PretendBroker.usual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.fleet.channel.Address;
import io.muster.fleet.channel.Dialer;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.mqtt.PretendBroker.Reaction;
import io.muster.fleet.mqtt.PretendBroker.Script;
import io.muster.fleet.mqtt.PretendBroker.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MqttSessionTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration HASTY = Duration.ofMillis(1500);
    private static final X509Device PUMP = Maker.found("Acme").make("pump-1");
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @Test
    void a_device_greets_subscribes_publishes_and_hears_the_answer() throws Exception {
        Script script = seen -> seen.is("PUBLISH") ? answer("down", "world") : usual();
        try (PretendBroker broker = new PretendBroker(script)) {
            at(broker, PATIENT, session -> {
                session.subscribe("down");
                session.publish("up", HELLO, Qos.AT_LEAST_ONCE);
                Message message = session.await();

                assertThat(message.topic()).isEqualTo("down");
                assertThat(message.text()).isEqualTo("world");
                assertThat(message.retained()).isFalse();
            });

            await().until(() -> broker.packets().contains("DISCONNECT"));
            assertThat(broker.packets()).containsExactly("CONNECT", "SUBSCRIBE", "PUBLISH", "DISCONNECT");
            Seen publish = broker.seen().get(2);
            assertThat(publish.topic()).isEqualTo("up");
            assertThat(publish.qos()).isEqualTo(1);
            assertThat(publish.text()).isEqualTo("hello");
            PretendBroker.Guest guest = publish.guest();
            assertThat(guest.clientId()).isEqualTo("pump-1");
            assertThat(guest.userName()).isEqualTo("user");
            assertThat(guest.password()).contains("secret");
            assertThat(guest.cleanSession()).isTrue();
            assertThat(guest.keepAliveSeconds()).isEqualTo(60);
            assertThat(guest.shown().getFirst().getEncoded()).isEqualTo(PUMP.certificate());
        }
    }

    @Test
    void a_message_at_qos_1_is_acknowledged() throws Exception {
        Script script = seen -> seen.is("SUBSCRIBE")
                ? List.of(new Reaction.Usual(), new Reaction.Say("down", HELLO, 1, true))
                : usual();
        try (PretendBroker broker = new PretendBroker(script)) {
            at(broker, PATIENT, session -> {
                session.subscribe("down");
                assertThat(session.await().retained()).isTrue();
            });
            await().until(() -> broker.packets().contains("PUBACK 7"));
        }
    }

    @Test
    void an_answer_may_come_before_the_acknowledgement() throws Exception {
        Script script = seen -> seen.is("PUBLISH") ? List.of(say("down", "early"), new Reaction.Usual()) : usual();
        try (PretendBroker broker = new PretendBroker(script)) {
            at(broker, PATIENT, session -> {
                session.subscribe("down");
                session.publish("up", HELLO, Qos.AT_LEAST_ONCE);
                assertThat(session.await().text()).isEqualTo("early");
            });
        }
    }

    @Test
    void a_refused_connection_says_its_code() throws Exception {
        try (PretendBroker broker = new PretendBroker(_ -> code(5))) {
            assertThatThrownBy(() -> at(broker, PATIENT, _ -> {}))
                    .isInstanceOfSatisfying(MqttRefused.class, refusal -> {
                        assertThat(refusal.packet()).isEqualTo("CONNACK");
                        assertThat(refusal.code()).isEqualTo(5);
                        assertThat(refusal.words()).isEqualTo("not authorized");
                        assertThat(refusal.isPassing()).isFalse();
                    });
        }
    }

    @Test
    void a_broker_that_is_not_available_may_be_asked_again() throws Exception {
        try (PretendBroker broker = new PretendBroker(_ -> code(3))) {
            assertThatThrownBy(() -> at(broker, PATIENT, _ -> {}))
                    .isInstanceOfSatisfying(MqttRefused.class, refusal -> assertThat(refusal.isPassing())
                            .isTrue());
        }
    }

    @Test
    void a_refused_subscription_names_the_filter() throws Exception {
        Script script = seen -> seen.is("SUBSCRIBE") ? code(0x80) : usual();
        try (PretendBroker broker = new PretendBroker(script)) {
            assertThatThrownBy(() -> at(broker, PATIENT, session -> session.subscribe("others/#")))
                    .isInstanceOfSatisfying(MqttRefused.class, refusal -> {
                        assertThat(refusal.packet()).isEqualTo("SUBACK");
                        assertThat(refusal.code()).isEqualTo(0x80);
                        assertThat(refusal.words()).isEqualTo("no subscription to others/#");
                    });
        }
    }

    @Test
    void silence_ends_after_the_allowed_time_and_names_what_was_due() throws Exception {
        assertLost(_ -> silence(), HASTY, _ -> {}, "no CONNACK within 1500 ms");
        assertLost(
                seen -> seen.is("CONNECT") ? usual() : silence(),
                HASTY,
                session -> session.subscribe("down"),
                "no SUBACK within 1500 ms");
        assertLost(
                seen -> seen.is("CONNECT") ? usual() : silence(),
                HASTY,
                session -> session.publish("up", HELLO, Qos.AT_LEAST_ONCE),
                "no PUBACK within 1500 ms");
        assertLost(_ -> usual(), HASTY, session -> session.await(), "no answer within 1500 ms");
    }

    @Test
    void a_hang_up_is_a_loss_at_every_step() throws Exception {
        assertLost(_ -> hangUp(), PATIENT, _ -> {}, "closed without an answer");
        assertLost(
                seen -> seen.is("PUBLISH") ? hangUp() : usual(),
                PATIENT,
                session -> session.publish("up", HELLO, Qos.AT_LEAST_ONCE),
                "closed without an answer");
    }

    @Test
    void what_mqtt_does_not_allow_is_a_loss() throws Exception {
        assertLost(bytes("HTTP/1.1 400 Bad Request\r\n\r\n"), PATIENT, _ -> {}, "the answer is not MQTT, or too large");
        assertLost(packet(0xd0), PATIENT, _ -> {}, "the broker's first packet is not CONNACK");
        assertLost(packet(0x20, 1, 0), PATIENT, _ -> {}, "the broker remembers a session that should be clean");
        assertLost(
                inAnswerTo("SUBSCRIBE", packet(0x90, 0, 9, 1)),
                PATIENT,
                session -> session.subscribe("down"),
                "the broker sent an unexpected SubscribeAnswer");
        assertLost(
                inAnswerTo("SUBSCRIBE", packet(0x90, 0, 1, 1, 1)),
                PATIENT,
                session -> session.subscribe("down"),
                "SUBACK answers 2 filters instead of one");
        assertLost(
                inAnswerTo("PUBLISH", packet(0x40, 0, 9)),
                PATIENT,
                session -> session.publish("up", HELLO, Qos.AT_LEAST_ONCE),
                "the broker sent an unexpected PublishAnswer");
        assertLost(
                inAnswerTo("SUBSCRIBE", packet(0xc0)),
                PATIENT,
                session -> session.subscribe("down"),
                "a broker may not send PINGREQ here");
        assertLost(
                inAnswerTo("SUBSCRIBE", packet(0x34, 0, 1, 'a', 0, 5)),
                PATIENT,
                session -> session.subscribe("down"),
                "a message came at QoS 2, which nobody granted");
    }

    @Test
    void a_packet_beyond_the_limit_is_a_loss() throws Exception {
        byte[] hugePublish = {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0, 1, 'a'};
        assertLost(
                inAnswerTo("SUBSCRIBE", _ -> List.of(new Reaction.Bytes(hugePublish))),
                PATIENT,
                session -> session.subscribe("down"),
                "the answer is not MQTT, or too large");
    }

    @Test
    void a_flood_of_messages_is_a_loss() throws Exception {
        List<Reaction> flood = Collections.nCopies(200, say("down", "x"));
        try (PretendBroker broker = new PretendBroker(inAnswerTo("SUBSCRIBE", _ -> flood))) {
            assertThatThrownBy(() -> at(broker, PATIENT, session -> session.subscribe("down")))
                    .isInstanceOfSatisfying(
                            MqttLost.class, lost -> assertThat(lost.reason()).startsWith("more than "));
        }
    }

    @Test
    void a_device_that_rests_keeps_its_connection_alive() throws Exception {
        try (PretendBroker broker = new PretendBroker(_ -> usual())) {
            at(broker, PATIENT, Duration.ofSeconds(1), session -> session.rest(Duration.ofMillis(1200), PATIENT));

            assertThat(broker.packets()).containsOnlyOnce("CONNECT").contains("PINGREQ");
        }
    }

    @Test
    void a_message_that_nobody_asked_for_disturbs_the_rest() throws Exception {
        Script script = seen -> seen.is("SUBSCRIBE") ? answer("down", "unasked") : usual();
        assertLost(
                script,
                PATIENT,
                session -> {
                    session.subscribe("down");
                    session.rest(Duration.ofSeconds(10), PATIENT);
                },
                "a message came that nobody asked for");
    }

    @Test
    void a_broker_that_is_not_trusted_hears_nothing() throws Exception {
        try (PretendBroker broker = new PretendBroker(_ -> usual())) {
            Address distrustful =
                    new Address(broker.address(), Maker.found("Other").rootPem());

            assertThatThrownBy(() -> at(distrustful, PATIENT, Duration.ofSeconds(60), _ -> {}))
                    .isInstanceOfSatisfying(
                            MqttLost.class, lost -> assertThat(lost.reason()).startsWith("TLS handshake failed"));
            assertThat(broker.seen()).isEmpty();
        }
    }

    @Test
    void a_password_is_not_printed() {
        assertThat(greeting(Duration.ofSeconds(60)).toString()).doesNotContain("secret");
    }

    private static Script bytes(String text) {
        return _ -> List.of(new Reaction.Bytes(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Script packet(int type, int... rest) {
        return _ -> List.of(new Reaction.Bytes(PretendSession.packet(type, rest)));
    }

    private static Script inAnswerTo(String packet, Script script) {
        return seen -> seen.is(packet) ? script.reactTo(seen) : usual();
    }

    private static void assertLost(Script script, Duration patience, Visit visit, String reason) throws Exception {
        try (PretendBroker broker = new PretendBroker(script)) {
            assertThatThrownBy(() -> at(broker, patience, visit))
                    .isInstanceOfSatisfying(
                            MqttLost.class, lost -> assertThat(lost.reason()).isEqualTo(reason));
        }
    }

    private interface Visit {
        void on(MqttSession session) throws Exception;
    }

    private static void at(PretendBroker broker, Duration patience, Visit visit) throws Exception {
        at(broker, patience, Duration.ofSeconds(60), visit);
    }

    private static void at(PretendBroker broker, Duration patience, Duration keepAlive, Visit visit) throws Exception {
        at(new Address(broker.address(), broker.anchorPem()), patience, keepAlive, visit);
    }

    private static void at(Address address, Duration patience, Duration keepAlive, Visit visit) throws Exception {
        try (Dialer dialer = new Dialer(address, List.of(), 1)) {
            Broker broker = new Broker(dialer, Patience.once().within(patience));
            try (MqttSession session = broker.connect(greeting(keepAlive), Optional.of(PUMP))) {
                visit.on(session);
            }
        }
    }

    private static Greeting greeting(Duration keepAlive) {
        return new Greeting("pump-1", "user", Optional.of("secret"), true, keepAlive);
    }
}
