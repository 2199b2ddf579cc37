package io.muster.server.testkit;

import io.muster.fleet.channel.Address;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.mqtt.Attempt;
import io.muster.fleet.mqtt.Broker;
import io.muster.fleet.mqtt.Greeting;
import io.muster.fleet.mqtt.MqttCaller;
import io.muster.fleet.mqtt.MqttErrand;
import io.muster.fleet.mqtt.MqttLost;
import io.muster.fleet.mqtt.MqttRefused;
import io.muster.fleet.mqtt.MqttSession;
import io.muster.fleet.mqtt.Qos;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A device that connects by MQTT and says one thing after the other at QoS 1.
public final class Reporter implements MqttErrand<String> {

    private static final int LONGEST_SECONDS = 60;

    private final X509Device device;
    private final String topic;
    private final List<String> payloads;
    private final Consumer<String> acknowledged;
    private int next;

    /// @param topic        behind `t/NAME/`
    /// @param acknowledged hears each payload when its PUBACK is there
    public Reporter(X509Device device, String topic, List<String> payloads, Consumer<String> acknowledged) {
        this.device = device;
        this.topic = "t/" + device.registrationId() + "/" + topic;
        this.payloads = payloads;
        this.acknowledged = acknowledged;
    }

    /// Where devices of a house speak MQTT.
    public static Address at(Installation house) {
        return new Address(
                URI.create("mqtts://localhost:" + house.house().mqttPort().orElseThrow()),
                house.target("").trustAnchorPem());
    }

    /// Lets a device say everything, and returns when it is acknowledged.
    public static void says(Address address, X509Device device, String topic, String... payloads) throws Exception {
        CompletableFuture<String> ended = new CompletableFuture<>();
        try (MqttCaller caller = caller(address, Patience.once())) {
            caller.call(
                    new Reporter(device, topic, Arrays.asList(payloads), _ -> {}),
                    System.nanoTime(),
                    (end, _) -> ended.complete(end));
            String end = ended.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            if (!end.isEmpty()) {
                throw new AssertionError(end);
            }
        }
    }

    public static MqttCaller caller(Address address, Patience patience) {
        return new MqttCaller(address, List.of("x-amzn-mqtt-ca"), patience, 1);
    }

    /// After a fault it goes on with what was not acknowledged.
    @Override
    public Attempt<String> attempt(Broker broker) throws MqttLost, MqttRefused, InterruptedException {
        Greeting greeting = new Greeting(device.registrationId(), "", Optional.empty(), true, Duration.ofMinutes(20));
        try (MqttSession session = broker.connect(greeting, Optional.of(device))) {
            while (next < payloads.size()) {
                session.allow(broker.patience().perRequest());
                session.publish(topic, payloads.get(next).getBytes(StandardCharsets.UTF_8), Qos.AT_LEAST_ONCE);
                acknowledged.accept(payloads.get(next));
                next++;
            }
        }
        return new Attempt.Done<>("");
    }

    @Override
    public String lost(String reason) {
        return "lost: " + reason;
    }

    @Override
    public String refused(MqttRefused refusal) {
        return "refused: " + refusal.code();
    }
}
