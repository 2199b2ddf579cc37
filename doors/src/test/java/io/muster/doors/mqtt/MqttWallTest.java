package io.muster.doors.mqtt;

import static io.muster.doors.testkit.Packets.connect;
import static io.muster.doors.testkit.Packets.disconnect;
import static io.muster.doors.testkit.Packets.number;
import static io.muster.doors.testkit.Packets.octets;
import static io.muster.doors.testkit.Packets.packet;
import static io.muster.doors.testkit.Packets.properties;
import static io.muster.doors.testkit.Packets.puback;
import static io.muster.doors.testkit.Packets.publish;
import static io.muster.doors.testkit.Packets.subscribe;
import static io.muster.doors.testkit.Packets.text;
import static io.muster.doors.testkit.Packets.unsubscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.doors.testkit.MqttCaller;
import io.muster.doors.testkit.MqttCaller.Packet;
import io.muster.doors.testkit.MqttReached;
import io.muster.doors.testkit.Packets;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds in 3.1.1 and in 5 alike.
@ParameterizedClass
@ValueSource(ints = {4, 5})
class MqttWallTest {

    private final int level;
    private final ObedientDoor door = new ObedientDoor();
    private MqttReached reached;

    MqttWallTest(int level) {
        this.level = level;
    }

    @BeforeEach
    void open() throws IOException {
        reached = MqttReached.alone(new MqttWall(List.of(door), MqttLimits.usual()));
    }

    @AfterEach
    void close() {
        door.release.countDown();
        reached.close();
    }

    @Test
    void a_session_is_never_one_that_was_kept() throws Exception {
        byte[] keeping = new Packets.Connect(level, "pump-1").flags(0).bytes();
        for (int time = 0; time < 2; time++) {
            try (MqttCaller caller = reached.caller()) {
                Packet answer = caller.send(keeping).read(Packets.CONNACK);

                assertThat(answer.octet(0)).isZero();
                assertThat(answer.octet(1)).isZero();
            }
        }
        assertThat(door.connects).extracting(MqttConnect::cleanStart).containsOnly(false);
    }

    @Test
    void the_door_sees_what_the_device_sent() throws Exception {
        byte[] whole = new Packets.Connect(level, "pump-1")
                .user("acme/registrations/pump-1")
                .password("secret")
                .will("own/gone", "bye", 0x08)
                .keepAlive(230)
                .bytes();
        try (MqttCaller caller = reached.caller()) {
            caller.in(whole);
        }
        MqttConnect seen = door.connects.getFirst();
        assertThat(seen.level()).isEqualTo(level);
        assertThat(seen.channel()).isEqualTo(MqttConnect.Channel.MQTT);
        assertThat(seen.clientId()).isEqualTo("pump-1");
        assertThat(seen.userName()).contains("acme/registrations/pump-1");
        assertThat(seen.password().orElseThrow().reveal()).asString().isEqualTo("secret");
        assertThat(seen.will().orElseThrow().message().topic()).isEqualTo("own/gone");
        assertThat(seen.will().orElseThrow().message().qos()).isEqualTo(1);
        assertThat(seen.keepAliveSeconds()).isEqualTo(230);
        assertThat(seen.toString()).doesNotContain("pump-1").doesNotContain("secret");
    }

    @Test
    void what_a_device_publishes_and_gets_goes_by_its_own_connection() throws Exception {
        try (MqttCaller other = reached.caller();
                MqttCaller caller = reached.caller()) {
            other.in(connect(level, "pump-2"))
                    .send(subscribe(level, 1, "own/#", 1))
                    .read(Packets.SUBACK);
            caller.in(connect(level, "pump-1")).send(subscribe(level, 7, "own/#", 1));
            Packet granted = caller.read(Packets.SUBACK);
            assertThat(granted.number(0)).isEqualTo(7);
            assertThat(granted.last()).isEqualTo(1);

            Packet answer = caller.send(publish(level, "echo/own/x", "hi")).read(Packets.PUBLISH);

            assertThat(answer.topic()).isEqualTo("own/x");
            assertThat(answer.payload(level)).isEqualTo("hi");
            assertThat(answer.qos()).isEqualTo(1);
            caller.send(puback(answer.id()), Packets.PINGREQ).read(Packets.PINGRESP);
            other.send(Packets.PINGREQ).read(Packets.PINGRESP);
        }
    }

    @Test
    void a_message_of_qos_1_is_acknowledged_when_the_guest_has_taken_it_and_not_before() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(level, "pump-1")).send(publish(level, 9, "block/x", "hi"), Packets.PINGREQ);

            caller.read(Packets.PINGRESP);
            door.release.countDown();

            assertThat(caller.read(Packets.PUBACK).number(0)).isEqualTo(9);
        }
    }

    @Test
    void acknowledgements_go_out_in_the_order_of_the_messages() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(level, "pump-1"));
            for (int id = 1; id <= 60; id++) {
                caller.send(publish(level, id, "x", "hi"));
            }
            for (int id = 1; id <= 60; id++) {
                assertThat(caller.read(Packets.PUBACK).number(0)).isEqualTo(id);
            }
        }
        assertThat(door.seen).filteredOn("pump-1 publishes x hi 1"::equals).hasSize(60);
    }

    @Test
    void nothing_is_sent_without_a_subscription_that_covers_it() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(level, "pump-1"))
                    .send(publish(level, "echo/own/x", "hi"))
                    .send(subscribe(level, 1, "own/+/y", 1))
                    .read(Packets.SUBACK);
            caller.send(publish(level, "echo/own/x", "hi"))
                    .send(unsubscribe(level, 2, "own/+/y"))
                    .read(Packets.UNSUBACK);
            caller.send(publish(level, 3, "echo/own/x/y", "hi")).read(Packets.PUBACK);

            assertThat(door.seen)
                    .filteredOn(it -> it.startsWith("sent"))
                    .containsExactly("sent false", "sent false", "sent false");
        }
    }

    @Test
    void a_subscription_of_qos_0_gets_qos_0_and_qos_2_is_granted_as_1() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(level, "pump-1"));
            Packet zero = caller.send(subscribe(level, 1, "zero/#", 1)).read(Packets.SUBACK);
            Packet two = caller.send(subscribe(level, 2, "own/#", 2)).read(Packets.SUBACK);

            assertThat(zero.last()).isZero();
            assertThat(two.last()).isEqualTo(1);
            assertThat(caller.send(publish(level, "echo/zero/x", "hi"))
                            .read(Packets.PUBLISH)
                            .qos())
                    .isZero();
        }
    }

    @Test
    void a_forbidden_filter_fails_in_the_suback_and_the_connection_lives_on() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(level, "pump-1"));

            assertThat(subscribing(caller, "denied/x")).isEqualTo(level == 5 ? 0x87 : 0x80);
            assertThat(subscribing(caller, "own/#/x")).isEqualTo(level == 5 ? 0x8f : 0x80);
            assertThat(subscribing(caller, "own/x+")).isEqualTo(level == 5 ? 0x8f : 0x80);
            assertThat(subscribing(caller, "a/b/c/d/e/f/g/h/i")).isEqualTo(level == 5 ? 0x8f : 0x80);
            assertThat(subscribing(caller, "x".repeat(257))).isEqualTo(level == 5 ? 0x8f : 0x80);
            assertThat(subscribing(caller, "$share/g/own/x")).isEqualTo(level == 5 ? 0x9e : 0x80);
            assertThat(subscribing(caller, "own/x")).isEqualTo(1);
        }
        assertThat(door.seen).startsWith("pump-1 subscribes denied/x 1", "pump-1 subscribes own/x 1");
    }

    @Test
    void nobody_holds_more_than_fifty_subscriptions_nor_asks_for_more_than_eight_at_once() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(level, "pump-1"));
            for (int i = 0; i < 50; i++) {
                assertThat(subscribing(caller, "own/" + i)).isEqualTo(1);
            }
            assertThat(subscribing(caller, "own/50")).isEqualTo(level == 5 ? 0x97 : 0x80);
            assertThat(subscribing(caller, "own/49")).isEqualTo(1);

            byte[] nine = {};
            for (int i = 0; i < 9; i++) {
                nine = Packets.join(nine, text("own/" + i), octets(1));
            }
            Packet answer = caller.send(packet(0x82, number(1), properties(level), nine))
                    .read(Packets.SUBACK);
            assertThat(answer.last()).isEqualTo(level == 5 ? 0x97 : 0x80);
            assertThat(answer.octet(answer.size() - 2)).isEqualTo(1);
        }
    }

    @Test
    void an_owner_that_connects_again_takes_its_older_connection_over() throws Exception {
        try (MqttCaller older = reached.caller();
                MqttCaller newer = reached.caller();
                MqttCaller other = reached.caller()) {
            older.in(connect(level, "pump-1"));
            other.in(connect(level, "pump-2"));
            newer.in(connect(level, "pump-1"));

            assertThat(older.rest()).isEqualTo(level == 5 ? packet(0xe0, octets(0x8e, 0)) : new byte[0]);
            newer.send(Packets.PINGREQ).read(Packets.PINGRESP);
            other.send(Packets.PINGREQ).read(Packets.PINGRESP);
            await().until(() -> door.seen.contains("pump-1 left TAKEN_OVER"));
        }
    }

    @Test
    void a_will_is_published_when_the_connection_is_lost_and_not_after_a_goodbye() throws Exception {
        byte[] willing = new Packets.Connect(level, "pump-1")
                .will("own/gone", "bye", 0x08)
                .bytes();
        try (MqttCaller polite = reached.caller()) {
            assertThat(polite.in(willing).send(disconnect()).ended()).isTrue();
        }
        await().until(() -> door.seen.contains("pump-1 left CLIENT"));
        try (MqttCaller caller = reached.caller()) {
            caller.in(willing);
        }
        await().until(() -> door.seen.contains("pump-1 left LOST"));

        assertThat(door.seen)
                .containsExactly("pump-1 left CLIENT", "pump-1 publishes own/gone bye 1", "pump-1 left LOST");
    }

    @Test
    void what_was_published_before_the_goodbye_is_taken_even_by_a_guest_that_is_slow() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(level, "pump-1")).send(publish(level, "block", ""));
            for (int i = 0; i < 40; i++) {
                caller.send(publish(level, "x", "hi"));
            }
            caller.send(disconnect());
        }
        door.release.countDown();
        await().until(() -> door.seen.contains("pump-1 left CLIENT"));
        assertThat(door.seen)
                .hasSize(42)
                .filteredOn("pump-1 publishes x hi 0"::equals)
                .hasSize(40);
    }

    @Test
    void a_fault_of_a_guest_ends_its_connection() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(level, "pump-1")).send(publish(level, 1, "fault", ""));

            assertThat(caller.rest()).isEqualTo(level == 5 ? packet(0xe0, octets(0x80, 0)) : new byte[0]);
            await().until(() -> door.seen.contains("pump-1 left FAULT"));
        }
    }

    @Test
    void a_guest_may_close_its_connection() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(level, "pump-1")).send(publish(level, "close", ""));

            assertThat(caller.rest()).isEqualTo(level == 5 ? packet(0xe0, octets(0x98, 0)) : new byte[0]);
            await().until(() -> door.seen.contains("pump-1 left DOOR"));
        }
    }

    @Test
    void a_guest_may_send_its_device_away_and_the_last_will_is_not_heard() throws Exception {
        byte[] willing = new Packets.Connect(level, "pump-1")
                .will("own/last", "bye", 0x08)
                .bytes();
        try (MqttCaller caller = reached.caller()) {
            caller.in(willing).send(publish(level, "dismiss", ""));

            assertThat(caller.rest()).isEqualTo(level == 5 ? packet(0xe0, octets(0x87, 0)) : new byte[0]);
            await().until(() -> door.seen.contains("pump-1 left DISMISSED"));
        }
        assertThat(door.seen).noneMatch(it -> it.contains("own/last"));
        assertThat(door.entered).hasValue(1);
    }

    @Test
    void no_more_than_a_hundred_messages_are_under_way_to_a_device() throws Exception {
        try (MqttCaller caller = reached.caller()) {
            caller.in(connect(level, "pump-1"))
                    .send(subscribe(level, 1, "own/#", 1))
                    .read(Packets.SUBACK);
            caller.send(publish(level, 2, "flood/own/x", ""));
            for (int i = 1; i <= 100; i++) {
                assertThat(caller.read(Packets.PUBLISH).id()).isEqualTo(i);
            }
            caller.read(Packets.PUBACK);

            caller.send(puback(42), publish(level, "echo/own/x", "hi"));
            assertThat(caller.read(Packets.PUBLISH).id()).isEqualTo(42);
            await().until(() -> door.seen.containsAll(List.of("flooded 100", "sent true")));
        }
    }

    private int subscribing(MqttCaller caller, String filter) throws IOException {
        Packet answer = caller.send(subscribe(level, 5, filter, 1)).read(Packets.SUBACK);
        return answer.last();
    }
}
