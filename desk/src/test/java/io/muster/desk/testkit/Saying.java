package io.muster.desk.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Outgoing;
import io.muster.core.telemetry.Router;
import io.muster.core.telemetry.Sender;
import io.muster.core.telemetry.Tails;
import io.muster.core.telemetry.TelemetryObserver;
import io.muster.core.telemetry.TelemetrySink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Devices of tenant acme that say something; nobody but watchers keeps it.
public final class Saying implements TelemetrySink, TelemetryObserver {

    private final Router router;

    public Saying(Tails tails) {
        this.router = new Router(
                List.of(), this, this, (message, _) -> new Outgoing(message, message.payload()), this, tails);
    }

    /// @param data of the event that goes out
    public void says(String device, String region, String type, String data) {
        Device known = Samples.device(device, region);
        Sender sender = new Sender(
                known.id(),
                known.tenant(),
                known.registrationId(),
                known.deviceId(),
                known.state(),
                known.origin(),
                Optional.of(type),
                known.assignment(),
                known.payload(),
                known.thing());
        String event =
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"urn:test\",\"type\":\"test\",\"subject\":\"x\","
                        + "\"time\":\"2026-11-23T18:30:00Z\",\"data\":" + data + "}";
        Bytes payload = Bytes.of(event.getBytes(StandardCharsets.UTF_8));
        router.accept(new Message(sender, "t/" + device, payload, 1, Samples.NOW));
    }

    @Override
    public Name name() {
        return Router.STANDARD;
    }

    @Override
    public Delivery begin(Outgoing message) {
        return Optional::empty;
    }

    @Override
    public void accepted(long nanos) {}

    @Override
    public void refused() {}

    @Override
    public void routed(Name route) {}

    @Override
    public void delivered(Name sink, int bytes) {}
}
