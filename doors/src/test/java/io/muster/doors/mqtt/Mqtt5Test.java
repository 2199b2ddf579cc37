package io.muster.doors.mqtt;

import static io.muster.doors.testkit.Packets.connect;
import static io.muster.doors.testkit.Packets.join;
import static io.muster.doors.testkit.Packets.number;
import static io.muster.doors.testkit.Packets.octets;
import static io.muster.doors.testkit.Packets.packet;
import static io.muster.doors.testkit.Packets.properties;
import static io.muster.doors.testkit.Packets.publish;
import static io.muster.doors.testkit.Packets.subscribe;
import static io.muster.doors.testkit.Packets.text;
import static io.muster.doors.testkit.Packets.unsubscribe;
import static io.muster.doors.testkit.Packets.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.doors.testkit.MqttCaller;
import io.muster.doors.testkit.MqttCaller.Packet;
import io.muster.doors.testkit.MqttReached;
import io.muster.doors.testkit.Packets;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What MQTT 5 can say and 3.1.1 cannot.
class Mqtt5Test {

    private static final int FIVE = 5;

    private final ObedientDoor door = new ObedientDoor();
    private MqttReached reached;

    @BeforeEach
    void open() throws IOException {
        reached = MqttReached.alone(new MqttWall(List.of(door), MqttLimits.usual()));
    }

    @AfterEach
    void close() {
        reached.close();
    }

    @Test
    void a_device_is_told_what_is_not_served_and_how_much_it_may() throws Exception {
        byte[] asking = new Packets.Connect(FIVE, "pump-1")
                .keepAlive(0)
                .properties(octets(0x11, 0, 0, 1, 0))
                .bytes();
        try (MqttCaller caller = reached.caller()) {
            Packet answer = caller.send(asking).read(Packets.CONNACK);

            byte[] told = join(
                    octets(0x21, 0, 100), // Receive Maximum
                    octets(0x24, 1), // Maximum QoS
                    octets(0x25, 0), // Retain Available
                    octets(0x27, 0, 2, 0x48, 0), // Maximum Packet Size
                    octets(0x22, 0, 8), // Topic Alias Maximum
                    octets(0x29, 0), // Subscription Identifiers Available
                    octets(0x2a, 0), // Shared Subscription Available
                    octets(0x11, 0, 0, 0, 0), // Session Expiry Interval
                    octets(0x13, 0x04, 0xb0)); // Server Keep Alive
            assertThat(answer.body().toArray()).startsWith(octets(0, 0));
            assertThat(answer.size()).isEqualTo(3 + told.length);
            assertThat(answer.body().hex())
                    .contains(
                            "2100" + "64",
                            "2401",
                            "2500",
                            "2700024800",
                            "220008",
                            "2900",
                            "2a00",
                            "1100000000",
                            "1304b0");
        }
        assertThat(door.connects.getFirst().keepAliveSeconds()).isEqualTo(1_200);
    }

    @ParameterizedTest
    @CsvSource({
        "bad_credentials,86",
        "not_authorized,87",
        "client_id_invalid,85",
        "will_not_authorized,87",
        "unavailable,88",
        "quota_exceeded,97"
    })
    void every_refusal_has_a_code(String refusal, String code) throws Exception {
        try (MqttCaller caller = reached.caller()) {
            Packet answer = caller.send(new Packets.Connect(FIVE, "pump-1")
                            .user("refuse " + refusal)
                            .bytes())
                    .read(Packets.CONNACK);

            assertThat(answer.body().hex()).isEqualTo("00" + code + "00");
            assertThat(caller.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"not_authorized,87", "topic_invalid,90", "payload_invalid,99", "quota_exceeded,97", "unavailable,80"})
    void a_message_that_is_denied_is_denied_in_its_puback(String denial, String code) throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(FIVE, "pump-1"));

            Packet answer = caller.send(publish(FIVE, 3, "denied/" + denial.toUpperCase(Locale.ROOT), ""))
                    .read(Packets.PUBACK);

            assertThat(answer.body().hex()).isEqualTo("0003" + code + "00");
            caller.send(publish(FIVE, "denied/" + denial, ""))
                    .send(Packets.PINGREQ)
                    .read(Packets.PINGRESP);
        }
    }

    @Test
    void a_topic_out_of_bounds_is_denied() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(FIVE, "pump-1"));

            assertThat(caller.send(publish(FIVE, 1, "a/b/c/d/e/f/g/h/i", ""))
                            .read(Packets.PUBACK)
                            .body()
                            .hex())
                    .isEqualTo("00019000");
            assertThat(caller.send(publish(FIVE, 2, "ä".repeat(129), ""))
                            .read(Packets.PUBACK)
                            .body()
                            .hex())
                    .isEqualTo("00029000");
            assertThat(caller.send(publish(FIVE, 3, "ä".repeat(128), ""))
                            .read(Packets.PUBACK)
                            .body()
                            .hex())
                    .isEqualTo("0003");
        }
        assertThat(door.seen).filteredOn(it -> it.contains("publishes")).hasSize(1);
    }

    @Test
    void an_unsuback_tells_of_each_filter() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(FIVE, "pump-1"))
                    .send(subscribe(FIVE, 1, "own/x", 0))
                    .read(Packets.SUBACK);

            assertThat(caller.send(unsubscribe(FIVE, 2, "own/x"))
                            .read(Packets.UNSUBACK)
                            .last())
                    .isZero();
            assertThat(caller.send(unsubscribe(FIVE, 3, "own/x"))
                            .read(Packets.UNSUBACK)
                            .last())
                    .isEqualTo(0x11);
        }
    }

    @Test
    void topics_may_be_told_by_their_aliases() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(FIVE, "pump-1"))
                    .send(aliased("own/long", 8), aliased("", 8), aliased("own/other", 8), aliased("", 8));

            await().until(() -> door.seen.size() == 4);
            assertThat(door.seen)
                    .containsExactly(
                            "pump-1 publishes own/long hi 0",
                            "pump-1 publishes own/long hi 0",
                            "pump-1 publishes own/other hi 0",
                            "pump-1 publishes own/other hi 0");
            assertThat(caller.send(aliased("", 7)).rest()).isEqualTo(goodbye(0x94));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "9"})
    void an_alias_out_of_bounds_ends_the_connection(int alias) throws Exception {
        endsWith(0x94, aliased("own/x", alias));
    }

    private static byte[] aliased(String topic, int alias) {
        return packet(0x30, text(topic), properties(FIVE, join(octets(0x23), number(alias))), octets('h', 'i'));
    }

    @Test
    void what_a_packet_does_wrong_is_told_in_the_goodbye() throws Exception {
        endsWith(0x9b, packet(0x34, text("own/x"), number(1), properties(FIVE)));
        endsWith(0x9a, packet(0x31, text("own/x"), properties(FIVE)));
        endsWith(0xa1, packet(0x82, number(1), properties(FIVE, octets(0x0b, 1)), text("own/x"), octets(1)));
        endsWith(0x82, connect(FIVE, "pump-1"));
        endsWith(0x82, packet(0xf0, octets(0x18), properties(FIVE)));
        endsWith(0x82, packet(0x82, number(1), properties(FIVE)));
        endsWith(0x81, packet(0x30, text("own/+"), properties(FIVE)));
        endsWith(0x81, packet(0x30, text("own/\u0000"), properties(FIVE)));
        endsWith(0x81, packet(0x30, number(3), octets(0xed, 0xa0, 0x80), properties(FIVE)));
        endsWith(0x81, packet(0x30, number(2), octets(0xc3, 0x28), properties(FIVE)));
        endsWith(0x81, packet(0x36, text("own/x"), number(1), properties(FIVE)));
        endsWith(0x81, packet(0x80, number(1), properties(FIVE), text("own/x"), octets(1)));
        endsWith(0x81, packet(0x82, number(0), properties(FIVE), text("own/x"), octets(1)));
        endsWith(0x81, packet(0x30, number(60_000)));
        endsWith(0x81, packet(0x32, text("own/x"), octets(1)));
        endsWith(0x81, packet(0x82, number(1), properties(FIVE), number(9), octets('x')));
        endsWith(0x95, join(octets(0x30), variable(146 * 1024 + 1)));
        endsWith(0x95, publish(FIVE, "own/x", "x".repeat(128 * 1024 + 1)));
        endsWith(0x95, join(octets(0xc0), variable(1)));
        endsWith(0x95, join(octets(0x50), variable(2)));
        endsWith(0x81, join(octets(0x30, 0xff, 0xff, 0xff, 0xff, 1)));
    }

    @Test
    void a_property_bomb_is_found_before_it_is_decoded() throws Exception {
        byte[] bomb = new byte[20_000];
        for (int i = 0; i < bomb.length; i += 5) {
            bomb[i] = 0x26;
        }
        endsWith(0x95, packet(0x30, text("own/x"), properties(FIVE, bomb)));
        endsWith(0x95, packet(0x32, text("own/x"), number(1), properties(FIVE, bomb)));
        try (MqttCaller caller = reached.caller()) {
            assertThat(caller.send(new Packets.Connect(FIVE, "pump-1")
                                    .properties(bomb)
                                    .bytes())
                            .ended())
                    .isTrue();
        }
        try (MqttCaller caller = reached.caller()) {
            byte[] will = join(properties(FIVE, bomb), text("own/x"), text(""));
            assertThat(caller.send(packet(
                                    0x10, text("MQTT"), octets(5, 6), number(60), octets(0), text("pump-1"), will))
                            .ended())
                    .isTrue();
        }
    }

    @Test
    void a_device_gets_no_packet_larger_and_no_more_at_once_than_it_takes() throws Exception {
        byte[] modest = new Packets.Connect(FIVE, "pump-1")
                .properties(octets(0x21, 0, 1), octets(0x27, 0, 0, 0, 40))
                .bytes();
        try (MqttCaller caller = reached.caller()) {
            caller.in(modest).send(subscribe(FIVE, 1, "own/#", 1)).read(Packets.SUBACK);
            caller.send(publish(FIVE, 2, "echo/own/x", "x".repeat(60))).read(Packets.PUBACK);
            caller.send(publish(FIVE, 3, "flood/own/x", ""));
            caller.read(Packets.PUBLISH);
            caller.read(Packets.PUBACK);
        }
        assertThat(door.seen).contains("sent false", "flooded 1");
    }

    @Test
    void a_will_may_be_wanted_after_a_goodbye() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(new Packets.Connect(FIVE, "pump-1")
                            .will("own/gone", "bye", 0)
                            .bytes())
                    .send(packet(0xe0, octets(4, 0)));
            assertThat(caller.ended()).isTrue();
        }
        await().until(() -> door.seen.size() == 2);
        assertThat(door.seen).containsExactly("pump-1 publishes own/gone bye 0", "pump-1 left CLIENT_WITH_WILL");
    }

    private void endsWith(int reason, byte[] wrong) throws Exception {
        try (MqttCaller caller = reached.caller()) {
            assertThat(caller.in(connect(FIVE, "pump-1")).send(wrong).rest())
                    .as("after " + wrong.length + " bytes")
                    .isEqualTo(goodbye(reason));
        }
    }

    private static byte[] goodbye(int reason) {
        return packet(0xe0, octets(reason, 0));
    }
}
