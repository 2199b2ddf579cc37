package io.muster.doors.mqtt;

import static io.muster.doors.testkit.Packets.connect;
import static io.muster.doors.testkit.Packets.join;
import static io.muster.doors.testkit.Packets.number;
import static io.muster.doors.testkit.Packets.octets;
import static io.muster.doors.testkit.Packets.packet;
import static io.muster.doors.testkit.Packets.publish;
import static io.muster.doors.testkit.Packets.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.doors.testkit.MqttCaller;
import io.muster.doors.testkit.MqttReached;
import io.muster.doors.testkit.Packets;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What 3.1.1 says in its few words, and what ends its connections without one.
class Mqtt311Test {

    private static final int FOUR = 4;

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

    @ParameterizedTest
    @CsvSource({
        "bad_credentials,4",
        "not_authorized,5",
        "client_id_invalid,2",
        "will_not_authorized,5",
        "unavailable,3",
        "quota_exceeded,3"
    })
    void every_refusal_has_a_code(String refusal, int code) throws Exception {
        refused(code, new Packets.Connect(FOUR, "pump-1").user("refuse " + refusal));
    }

    @Test
    void whom_no_door_knows_is_refused_as_is_whom_a_door_fails_on() throws Exception {
        refused(5, new Packets.Connect(FOUR, "pump-1").user("stranger"));
        refused(3, new Packets.Connect(FOUR, "pump-1").user("fault"));
    }

    @Test
    void a_connect_out_of_bounds_is_refused_before_any_door_sees_it() throws Exception {
        refused(2, new Packets.Connect(FOUR, ""));
        refused(2, new Packets.Connect(FOUR, "x".repeat(129)));
        refused(4, new Packets.Connect(FOUR, "pump-1").user("x".repeat(1_025)));
        refused(4, new Packets.Connect(FOUR, "pump-1").user("x").password("x".repeat(4_097)));
        refused(5, new Packets.Connect(FOUR, "pump-1").will("own/#", "", 0));
        refused(5, new Packets.Connect(FOUR, "pump-1").will("own/x", "", 0x10));
        refused(1, new Packets.Connect(3, "pump-1"));
        refused(1, new Packets.Connect(6, "pump-1"));
        assertThat(door.connects).isEmpty();
    }

    @Test
    void a_connect_that_breaks_the_rules_gets_no_answer() throws Exception {
        for (byte[] wrong : List.of(
                new Packets.Connect(FOUR, "pump-1").password("x").bytes(),
                new Packets.Connect(FOUR, "pump-1").flags(0x03).bytes(),
                new Packets.Connect(FOUR, "pump-1").flags(0x22).bytes(),
                new Packets.Connect(FOUR, "pump-1").will("own/x", "", 0x18).bytes(),
                new Packets.Connect(FOUR, "pump\u0000").bytes(),
                packet(0x11, text("MQTT"), octets(4, 2), number(60), text("pump-1")),
                packet(0x10, text("MQTT"), octets(4, 2), number(60), text("pump-1"), octets(0)),
                packet(0x10, number(60_000)),
                packet(0x10, new byte[32 * 1024 + 1]),
                publish(FOUR, "own/x", "hi"),
                Packets.PINGREQ,
                octets(0, 0))) {
            try (MqttCaller caller = reached.caller()) {
                assertThat(caller.send(wrong).ended()).isTrue();
            }
        }
        assertThat(door.connects).isEmpty();
    }

    @Test
    void a_packet_that_breaks_the_rules_ends_the_connection() throws Exception {
        for (byte[] wrong : List.of(
                packet(0x34, text("own/x"), number(1)),
                packet(0x82, number(1)),
                packet(0x30, text("own/+")),
                packet(0x30, number(3), octets(0xed, 0xa0, 0x80)),
                publish(FOUR, "", "hi"),
                publish(FOUR, "denied/NOT_AUTHORIZED", "hi"),
                publish(FOUR, "a/b/c/d/e/f/g/h/i", "hi"),
                packet(0xf0),
                packet(0x20, octets(0, 0)),
                octets(0, 0),
                connect(FOUR, "pump-1"),
                join(octets(0x30, 0xff, 0xff, 0xff, 0x7f)))) {
            try (MqttCaller caller = reached.caller()) {
                assertThat(caller.in(connect(FOUR, "pump-1")).send(wrong).ended())
                        .isTrue();
            }
        }
        await().until(() -> door.seen.stream().filter(it -> it.contains("left")).count() == 12);
        assertThat(door.seen)
                .filteredOn(it -> it.contains("left"))
                .containsOnly("pump-1 left PROTOCOL_ERROR", "pump-1 left DENIED");
    }

    private void refused(int code, Packets.Connect connect) throws Exception {
        try (MqttCaller caller = reached.caller()) {
            assertThat(caller.send(connect.bytes()).rest()).isEqualTo(octets(0x20, 2, 0, code));
        }
    }
}
