package io.muster.doors.aws;

import static io.muster.doors.testkit.Packets.publish;
import static io.muster.doors.testkit.Packets.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.core.door.Admitted;
import io.muster.core.door.Parting;
import io.muster.core.telemetry.Sender;
import io.muster.doors.listener.TenantDomain;
import io.muster.doors.mqtt.MqttLimits;
import io.muster.doors.mqtt.MqttWall;
import io.muster.doors.testkit.MqttCaller;
import io.muster.doors.testkit.MqttReached;
import io.muster.doors.testkit.ObedientReception;
import io.muster.doors.testkit.Packets;
import io.muster.doors.testkit.TestPki;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A device with a certificate, once it was let in.
@ParameterizedClass
@ValueSource(ints = {4, 5})
class AwsDeviceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.5Z");
    private static final TestPki.Holder CLIENT = TestPki.client("line-1", 1);

    private final int level;
    private final ObedientReception reception = new ObedientReception();
    private final ObedientPorts ports = new ObedientPorts();
    private MqttReached reached;

    AwsDeviceTest(int level) {
        this.level = level;
    }

    @BeforeEach
    void open() throws IOException {
        ports.admitted = ObedientPorts.known();
        AwsDoor door = new AwsDoor(ports, ports, reception, ports, TenantDomain.NONE, InstantSource.fixed(NOW));
        reached = MqttReached.alone(new MqttWall(List.of(door), MqttLimits.usual()));
    }

    @AfterEach
    void close() {
        reached.close();
    }

    @Test
    void what_a_device_may_say_is_kept_before_it_is_acknowledged() throws Exception {
        try (MqttCaller caller = in()) {
            assertThat(taken(caller, "t/dev-pump-1/warm")).isTrue();
        }
        assertThat(ports.messages).singleElement().satisfies(it -> {
            assertThat(it.from()).isEqualTo(Sender.of(((Admitted.Known) ports.admitted).device()));
            assertThat(it.topic()).isEqualTo("t/dev-pump-1/warm");
            assertThat(it.payload().size()).isEqualTo(2);
            assertThat(it.qos()).isEqualTo(1);
            assertThat(it.receivedAt()).isEqualTo(NOW);
        });
    }

    @Test
    void what_cannot_be_kept_is_not_acknowledged() throws Exception {
        ports.full = true;
        try (MqttCaller caller = in()) {
            assertThat(taken(caller, "t/dev-pump-1/warm")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t/dev-pump-2/warm",
                "$aws/certificates/create/json",
                "$aws/provisioning-templates/line-1/provision/json"
            })
    void a_device_says_nothing_that_is_not_its_own(String topic) throws Exception {
        try (MqttCaller caller = in()) {
            assertThat(taken(caller, topic)).isFalse();
        }
        try (MqttCaller caller = knocking()) {
            assertThat(code(caller, new Packets.Connect(level, "c-1").will(topic, "{}", 0)))
                    .isEqualTo(denied());
        }
        assertThat(ports.messages).isEmpty();
        assertThat(reception.turnedAway()).hasSize(2);
    }

    @Test
    void a_device_subscribes_to_its_own_and_has_a_will_of_its_own() throws Exception {
        try (MqttCaller caller = knocking()
                .in(new Packets.Connect(level, "c-1")
                        .will("t/dev-pump-1/gone", "x", 0)
                        .bytes())) {
            assertThat(caller.send(subscribe(level, 1, "t/dev-pump-1/#", 1))
                            .read(Packets.SUBACK)
                            .last())
                    .isEqualTo(1);
            assertThat(caller.send(subscribe(level, 1, "t/#", 1))
                            .read(Packets.SUBACK)
                            .last())
                    .isEqualTo(denied() == 5 ? 0x80 : 0x87);
        }
        await().until(() -> !ports.messages.isEmpty());
        assertThat(ports.messages.getFirst().topic()).isEqualTo("t/dev-pump-1/gone");
    }

    @Test
    void that_a_device_is_heard_and_why_it_left_is_passed_on() throws Exception {
        try (MqttCaller caller = in()) {
            assertThat(taken(caller, "t/dev-pump-1/warm")).isTrue();
        }
        await().untilAsserted(() -> assertThat(ports.partings).containsExactly(Parting.LOST));
        assertThat(ports.heard).hasValue(1);
        try (MqttCaller caller = in()) {
            caller.send(Packets.disconnect());
            await().untilAsserted(() -> assertThat(ports.partings).containsExactly(Parting.LOST, Parting.LEFT));
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
}
