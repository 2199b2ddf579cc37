package io.muster.fleet.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.muster.fleet.channel.Dialer;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The client against a broker that is not ours: mosquitto.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MosquittoTest {

    private static final Patience PATIENCE = Patience.once().within(Duration.ofSeconds(20));

    private final Maker maker = Maker.found("Acme");
    private final X509Device pump = maker.make("pump-1");

    private Optional<Mosquitto> mosquitto = Optional.empty();

    @BeforeAll
    void mosquitto_is_installed(@TempDir Path folder) throws Exception {
        assumeThat(Mosquitto.program()).as("mosquitto is installed").isPresent();
        mosquitto = Optional.of(Mosquitto.start(folder, maker));
    }

    @AfterAll
    void stop() throws Exception {
        if (mosquitto.isPresent()) {
            mosquitto.get().close();
        }
    }

    @Test
    void what_a_device_publishes_comes_back_to_it() throws Exception {
        byte[] large = "x".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        try (Dialer dialer = dialer();
                MqttSession session = connect(dialer, pump)) {
            session.subscribe("pump-1/#");
            session.publish("pump-1/a", new byte[0], Qos.AT_MOST_ONCE);
            session.publish("pump-1/b", large, Qos.AT_LEAST_ONCE);
            session.ping();

            assertThat(session.await().topic()).isEqualTo("pump-1/a");
            assertThat(session.await().payload()).isEqualTo(large);
        }
    }

    @Test
    void a_device_that_connects_again_takes_over_and_its_first_session_is_lost() throws Exception {
        try (Dialer dialer = dialer();
                MqttSession first = connect(dialer, maker.make("pump-2"));
                MqttSession second = connect(dialer, maker.make("pump-2"))) {
            second.ping();

            assertThatThrownBy(first::ping).isInstanceOf(MqttLost.class);
        }
    }

    @Test
    void a_device_of_another_maker_is_turned_away() throws Exception {
        try (Dialer dialer = dialer()) {
            assertThatThrownBy(() -> connect(dialer, Maker.found("Rogue").make("pump-1")))
                    .isInstanceOf(MqttLost.class);
        }
    }

    @Test
    void a_session_that_rests_beyond_its_keep_alive_is_not_dropped() throws Exception {
        try (Dialer dialer = dialer();
                MqttSession session = connect(dialer, maker.make("pump-3"))) {
            session.rest(Duration.ofMillis(2500), PATIENCE.perRequest());

            assertThatCode(session::ping).doesNotThrowAnyException();
        }
    }

    private Dialer dialer() {
        return new Dialer(mosquitto.orElseThrow().address(), List.of("x-amzn-mqtt-ca"), 1);
    }

    private static MqttSession connect(Dialer dialer, X509Device device) throws Exception {
        Greeting greeting =
                new Greeting(device.registrationId(), "?SDK=JavaV2", Optional.empty(), true, Duration.ofSeconds(1));
        return new Broker(dialer, PATIENCE).connect(greeting, Optional.of(device));
    }
}
