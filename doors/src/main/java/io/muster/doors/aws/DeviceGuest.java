package io.muster.doors.aws;

import io.muster.core.door.Admitted;
import io.muster.core.door.ConnectionRequest;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.permission.Rights;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Sender;
import io.muster.core.telemetry.Telemetry;
import io.muster.core.telemetry.TelemetryUnavailable;
import io.muster.doors.mqtt.Denial;
import io.muster.doors.mqtt.Departure;
import io.muster.doors.mqtt.Grant;
import io.muster.doors.mqtt.MqttGuest;
import io.muster.doors.mqtt.MqttMessage;
import io.muster.doors.mqtt.MqttReplies;
import io.muster.doors.mqtt.Receipt;
import io.muster.doors.mqtt.Seat;
import java.time.InstantSource;

/// A device on its MQTT connection: what it may do was settled when it connected, that it may stay is
/// watched over.
final class DeviceGuest implements MqttGuest {

    private final Rights rights;
    private final Sender sender;
    private final Telemetry telemetry;
    private final Reception reception;
    private final ConnectionRequest connection;
    private final Seat seat;
    private final InstantSource clock;

    DeviceGuest(
            Admitted.Known known,
            Telemetry telemetry,
            Reception reception,
            ConnectionRequest connection,
            Seat seat,
            InstantSource clock) {
        this.rights = known.rights();
        this.sender = Sender.of(known.device());
        this.telemetry = telemetry;
        this.reception = reception;
        this.connection = connection;
        this.seat = seat;
        this.clock = clock;
    }

    @Override
    public void entered(MqttReplies replies) {
        seat.take(replies);
    }

    /// A will is published, too.
    boolean mayPublish(MqttMessage message) {
        return !AwsTopic.reserved(message.topic()) && rights.mayPublish(message.topic(), message.retain());
    }

    @Override
    public Grant subscribe(String filter, int qos, MqttReplies replies) {
        if (AwsTopic.reserved(filter) || !rights.maySubscribe(filter)) {
            turnAway("to subscribe to this filter");
            return new Grant.Denied(Denial.NOT_AUTHORIZED);
        }
        return new Grant.Granted(qos);
    }

    @Override
    public Receipt publish(MqttMessage message, MqttReplies replies) {
        seat.heard();
        if (!mayPublish(message)) {
            turnAway("to publish to this topic");
            return new Receipt.Denied(Denial.NOT_AUTHORIZED);
        }
        try {
            telemetry.accept(new Message(sender, message.topic(), message.payload(), message.qos(), clock.instant()));
            return new Receipt.Taken();
        } catch (TelemetryUnavailable _) {
            return new Receipt.Denied(Denial.UNAVAILABLE);
        }
    }

    private void turnAway(String what) {
        var _ = reception.turnAway(connection.door(), new Refusal.NotPermitted(what), connection.source());
    }

    @Override
    public void left(Departure departure) {
        seat.leave(departure);
    }
}
