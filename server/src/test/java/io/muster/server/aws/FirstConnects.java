package io.muster.server.aws;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Many devices that connect at once, each a single time, and report.
final class FirstConnects {

    private static final int LONGEST_SECONDS = 120;

    private FirstConnects() {}

    /// What each heard, by its name: `in`, or why not.
    static Map<String, String> of(Endpoint endpoint, List<X509Device> devices) throws InterruptedException {
        Address address =
                new Address(URI.create("mqtts://" + endpoint.host() + ":" + endpoint.port()), endpoint.anchorPem());
        Map<String, String> heard = new ConcurrentHashMap<>();
        CountDownLatch open = new CountDownLatch(devices.size());
        Patience once = Patience.once().within(Duration.ofSeconds(60));
        try (MqttCaller caller = new MqttCaller(address, List.of("x-amzn-mqtt-ca"), once, 1)) {
            for (X509Device device : devices) {
                caller.call(new Visit(device), System.nanoTime(), (end, _) -> {
                    heard.merge(device.registrationId(), end, (one, other) -> one + " and " + other);
                    open.countDown();
                });
            }
            if (!open.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(open.getCount() + " devices heard nothing");
            }
        }
        return heard;
    }

    private record Visit(X509Device device) implements MqttErrand<String> {

        @Override
        public Attempt<String> attempt(Broker broker) throws MqttLost, MqttRefused, InterruptedException {
            String name = device.registrationId();
            Greeting greeting = new Greeting(name, "?SDK=JavaV2", Optional.empty(), true, Duration.ofMinutes(20));
            try (MqttSession session = broker.connect(greeting, Optional.of(device))) {
                session.publish("t/" + name + "/hello", "{}".getBytes(StandardCharsets.UTF_8), Qos.AT_LEAST_ONCE);
            }
            return new Attempt.Done<>("in");
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
}
