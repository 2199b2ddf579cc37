package io.muster.outlets.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.telemetry.TelemetrySink.Delivery;
import io.muster.core.telemetry.TelemetryUnavailable;
import io.muster.outlets.testkit.Said;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a real broker, read by Kafka's own console consumer.
class TelemetryTopicTest {

    private static final Name BUS = new Name("bus");

    @TempDir
    Path folder;

    private static TelemetryTopic topic(String servers) {
        Properties hasty = new Properties();
        for (String limit : List.of("max.block.ms", "request.timeout.ms", "default.api.timeout.ms")) {
            hasty.setProperty(limit, "1000");
        }
        hasty.setProperty("delivery.timeout.ms", "2000");
        hasty.setProperty("acks", "0");
        return TelemetryTopic.of(BUS, "telemetry", new ClientSettings(servers, hasty));
    }

    @Test
    void messages_stand_under_their_device_in_order_and_one_that_is_too_large_is_refused() throws Exception {
        DeviceId one = DeviceId.random();
        DeviceId other = DeviceId.random();
        List<String> told = new ArrayList<>();
        try (Broker broker = Broker.start(folder)) {
            try (TelemetryTopic sink = topic(broker.servers())) {
                List<Delivery> begun = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    DeviceId device = i % 2 == 0 ? one : other;
                    begun.add(sink.begin(Said.event(device, "{" + i + "}")));
                    told.add(device + "\t{" + i + "}");
                }
                for (Delivery delivery : begun) {
                    assertThat(delivery.await()).isEmpty();
                }
                assertThat(sink.begin(Said.event(one, "x".repeat(2_000_000))).await())
                        .contains("it is larger than Kafka takes");
                assertThat(sink.begin(Said.event(one, "{50}")).await()).isEmpty();
                told.add(one + "\t{50}");
            }
            List<String> heard = broker.consumed("telemetry", told.size());
            assertThat(of(one, heard)).isEqualTo(of(one, told));
            assertThat(of(other, heard)).isEqualTo(of(other, told));
        }
    }

    private static List<String> of(DeviceId device, List<String> lines) {
        return lines.stream().filter(line -> line.startsWith(device.toString())).toList();
    }

    @Test
    void a_broker_that_is_away_takes_nothing_and_is_found_again() throws Exception {
        try (Broker broker = Broker.start(folder);
                TelemetryTopic sink = topic(broker.servers())) {
            assertThat(sink.begin(Said.event("{1}")).await()).isEmpty();
            broker.close();
            assertThatThrownBy(() -> sink.begin(Said.event("{2}")).await()).isInstanceOf(TelemetryUnavailable.class);
            assertThatThrownBy(() -> sink.begin(Said.event("{2}")).await())
                    .as("at once, a moment after")
                    .isInstanceOf(TelemetryUnavailable.class)
                    .hasMessageContaining("a moment ago");
            broker.startAgain();
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(TelemetryUnavailable.class)
                    .until(() -> sink.begin(Said.event("{3}")).await().isEmpty());
            assertThat(broker.consumed("telemetry", 2))
                    .extracting(line -> line.substring(line.indexOf('\t') + 1))
                    .startsWith("{1}")
                    .contains("{3}");
        }
    }
}
