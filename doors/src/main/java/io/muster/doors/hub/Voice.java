package io.muster.doors.hub;

import io.muster.core.door.Admitted;
import io.muster.core.door.HubRequest;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Sender;
import io.muster.core.telemetry.Telemetry;
import io.muster.core.telemetry.TelemetryUnavailable;
import io.muster.doors.mqtt.Denial;
import io.muster.doors.mqtt.Grant;
import io.muster.doors.mqtt.MqttMessage;
import io.muster.doors.mqtt.Receipt;
import java.time.InstantSource;

/// A device that was let in, as far as it is the same in every dialect: what it says is taken, what it may not is
/// counted.
final class Voice {

    private final Admitted.Known known;
    private final HubRequest request;
    private final Sender sender;
    private final Telemetry telemetry;
    private final Reception reception;
    private final InstantSource clock;

    Voice(Admitted.Known known, HubRequest request, Telemetry telemetry, Reception reception, InstantSource clock) {
        this.known = known;
        this.request = request;
        this.sender = Sender.of(known.device());
        this.telemetry = telemetry;
        this.reception = reception;
        this.clock = clock;
    }

    String deviceId() {
        return sender.deviceId();
    }

    /// A will is published, too.
    boolean mayPublish(MqttMessage message) {
        return known.rights().mayPublish(message.topic(), message.retain());
    }

    Grant subscribe(String filter, int qos) {
        if (!known.rights().maySubscribe(filter)) {
            turnAway("to subscribe to this filter");
            return new Grant.Denied(Denial.NOT_AUTHORIZED);
        }
        return new Grant.Granted(qos);
    }

    Receipt say(MqttMessage message, PropertyBag bag) {
        if (!mayPublish(message)) {
            return denied();
        }
        try {
            telemetry.accept(new Message(
                    sender,
                    message.topic(),
                    message.payload(),
                    message.qos(),
                    bag.properties(),
                    bag.created(),
                    clock.instant()));
            return new Receipt.Taken();
        } catch (TelemetryUnavailable _) {
            return new Receipt.Denied(Denial.UNAVAILABLE);
        }
    }

    Receipt denied() {
        turnAway("to publish to this topic");
        return new Receipt.Denied(Denial.NOT_AUTHORIZED);
    }

    private void turnAway(String what) {
        var _ = reception.turnAway(request.door(), new Refusal.NotPermitted(what), request.source());
    }
}
