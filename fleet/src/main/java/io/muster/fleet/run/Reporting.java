package io.muster.fleet.run;

import io.muster.fleet.device.X509Device;
import io.muster.fleet.mqtt.Attempt;
import io.muster.fleet.mqtt.Broker;
import io.muster.fleet.mqtt.Greeting;
import io.muster.fleet.mqtt.MqttErrand;
import io.muster.fleet.mqtt.MqttLost;
import io.muster.fleet.mqtt.MqttRefused;
import io.muster.fleet.mqtt.MqttSession;
import io.muster.fleet.mqtt.Qos;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A device that connects and says what it measures, one message after the other, until the run is over.
final class Reporting implements MqttErrand<String> {

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(20);

    private final X509Device device;
    private final TelemetryRun run;
    private final long pauseNanos;
    private volatile boolean in;
    private long count;

    Reporting(X509Device device, TelemetryRun run, Duration pause) {
        this.device = device;
        this.run = run;
        this.pauseNanos = pause.toNanos();
    }

    @Override
    public Attempt<String> attempt(Broker broker) throws MqttLost, MqttRefused, InterruptedException {
        String name = device.registrationId();
        Greeting greeting = new Greeting(name, "", Optional.empty(), true, KEEP_ALIVE);
        try (MqttSession session = broker.connect(greeting, Optional.of(device))) {
            in = true;
            run.connected();
            report(session, "t/" + name + "/telemetry", broker.patience().perRequest());
        }
        return new Attempt.Done<>("");
    }

    /// Where there is a pace, latency counts from the moment at which the message was due. Devices do not all speak at
    /// the same moment. When counting begins, so does the pace: what is late from before is not counted.
    private void report(MqttSession session, String topic, Duration perAnswer) throws MqttLost, InterruptedException {
        long begun = run.awaitBeginning();
        long due = begun + offset();
        while (run.goesOn()) {
            if (run.begun() != begun) {
                begun = run.begun();
                due = begun + offset();
            }
            long since = pauseNanos == 0 ? System.nanoTime() : due;
            TimeUnit.NANOSECONDS.sleep(since - System.nanoTime());
            session.allow(perAnswer);
            session.publish(topic, reading(), Qos.AT_LEAST_ONCE);
            run.acknowledged(System.nanoTime() - since);
            due += pauseNanos;
        }
    }

    private long offset() {
        return pauseNanos == 0
                ? 0
                : Math.floorMod(device.registrationId().hashCode() * 0x9E3779B97F4A7C15L, pauseNanos);
    }

    private byte[] reading() {
        count++;
        double temperature = 21 + count % 100 / 10.0;
        return ("{\"sequence\":" + count + ",\"temperature\":" + temperature
                        + ",\"humidity\":48,\"state\":\"running\",\"battery\":0.93}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// Whether it ever came in.
    boolean wasIn() {
        return in;
    }

    @Override
    public String lost(String reason) {
        return reason;
    }

    @Override
    public String refused(MqttRefused refusal) {
        return "refused: " + refusal.code();
    }
}
