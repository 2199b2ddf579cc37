package io.muster.doors.mqtt;

import static io.muster.doors.testkit.Packets.connect;
import static io.muster.doors.testkit.Packets.octets;
import static io.muster.doors.testkit.Packets.packet;
import static io.muster.doors.testkit.Packets.publish;
import static io.muster.doors.testkit.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.doors.testkit.MqttCaller;
import io.muster.doors.testkit.MqttReached;
import io.muster.doors.testkit.Packets;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Callers that are many, that ask more than is served, that do not take what they are sent; and a server that goes
/// home.
class MqttPatienceTest {

    private static final int FIVE = 5;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ObedientDoor door = new ObedientDoor();

    @AfterEach
    void release() {
        door.release.countDown();
    }

    @Test
    void a_tenant_may_hold_so_many_connections_and_another_tenant_as_many() throws Exception {
        try (MqttReached reached = reached(limits(2, LONG));
                MqttCaller first = reached.caller().in(connect(FIVE, "pump-1"));
                MqttCaller second = reached.caller().in(connect(FIVE, "pump-2"));
                MqttCaller third = reached.caller();
                MqttCaller other = reached.caller()
                        .in(new Packets.Connect(FIVE, "pump-1")
                                .user("tenant rival")
                                .bytes());
                MqttCaller again = reached.caller().in(connect(FIVE, "pump-2"))) {
            assertThat(third.send(connect(FIVE, "pump-3")).read(Packets.CONNACK).octet(1))
                    .isEqualTo(0x97);
            await().until(() -> door.seen.contains("pump-3 left TOO_MANY"));

            assertThat(second.rest()).isEqualTo(packet(0xe0, octets(0x8e, 0)));
            other.send(Packets.PINGREQ).read(Packets.PINGRESP);
            first.send(Packets.disconnect());
            assertThat(first.ended()).isTrue();
            try (MqttCaller fourth = reached.caller()) {
                fourth.in(connect(FIVE, "pump-4"));
            }
            again.send(Packets.PINGREQ).read(Packets.PINGRESP);
        }
    }

    @Test
    void beyond_a_bounded_queue_nothing_is_read_while_the_guest_is_busy() throws Exception {
        try (MqttReached reached = reached(MqttLimits.usual());
                MqttCaller caller = reached.caller().in(connect(FIVE, "pump-1"))) {
            caller.send(publish(FIVE, "block", ""));
            for (int i = 0; i < 15; i++) {
                caller.send(publish(FIVE, "x", ""));
            }
            caller.send(Packets.PINGREQ);
            door.release.countDown();
            caller.read(Packets.PINGRESP);
            await().until(() -> door.seen.size() == 16);
        }
    }

    @Test
    void whoever_does_not_take_what_it_is_sent_is_cut() throws Exception {
        try (MqttReached reached = reached(limits(10, Duration.ofMillis(300)));
                MqttCaller caller = reached.caller().in(connect(FIVE, "pump-1"))) {
            caller.send(subscribe(FIVE, 1, "zero/#", 0)).read(Packets.SUBACK);
            byte[] large = publish(FIVE, "echo/zero/x", "x".repeat(120 * 1024));
            Thread.startVirtualThread(() -> sendUntilCut(caller, large));

            await().until(() -> door.seen.contains("pump-1 left SLOW"));
        }
    }

    @Test
    void a_server_that_stops_finishes_what_is_begun_and_says_goodbye() throws Exception {
        try (MqttReached reached = reached(MqttLimits.usual());
                MqttCaller silent = reached.caller();
                MqttCaller idle = reached.caller().in(connect(FIVE, "pump-1"));
                MqttCaller busy = reached.caller().in(connect(FIVE, "pump-2"))) {
            busy.send(publish(FIVE, 1, "block", ""));
            await().until(() -> door.seen.stream().anyMatch(it -> it.contains("block")));
            Thread stop = Thread.startVirtualThread(() -> reached.stop(LONG));

            assertThat(idle.rest()).isEqualTo(packet(0xe0, octets(0x8b, 0)));
            assertThat(silent.ended()).isTrue();
            door.release.countDown();
            busy.read(Packets.PUBACK);
            assertThat(busy.rest()).isEqualTo(packet(0xe0, octets(0x8b, 0)));
            assertThat(stop.join(Duration.ofSeconds(20))).isTrue();
            await().until(() -> door.seen.containsAll(List.of("pump-1 left SERVER_STOPS", "pump-2 left SERVER_STOPS")));
        }
    }

    @Test
    void whoever_goes_before_it_is_let_in_is_heard_of() throws Exception {
        try (MqttReached reached = reached(MqttLimits.usual())) {
            try (MqttCaller caller = reached.caller()) {
                caller.send(new Packets.Connect(FIVE, "pump-1").user("slow").bytes());
                await().until(() -> !door.connects.isEmpty());
            }
            await().until(() -> reached.connections() == 0);
            door.release.countDown();
            await().until(() -> door.seen.contains("pump-1 left LOST"));
        }
    }

    private MqttReached reached(MqttLimits limits) throws IOException {
        return MqttReached.alone(new MqttWall(List.of(door), limits));
    }

    private static MqttLimits limits(int perTenant, Duration untilTaken) {
        MqttLimits usual = MqttLimits.usual();
        return new MqttLimits(
                usual.packet(),
                usual.payload(),
                usual.properties(),
                usual.filters(),
                usual.subscriptions(),
                usual.inFlight(),
                usual.perSecond(),
                perTenant,
                usual.untilConnect(),
                untilTaken);
    }

    private static void sendUntilCut(MqttCaller caller, byte[] packet) {
        try {
            for (int i = 0; i < 1_000; i++) {
                caller.send(packet);
            }
        } catch (IOException _) {
            // The server has cut it, as it should.
        }
    }
}
