package io.muster.doors.dps;

import io.muster.core.device.Bytes;
import io.muster.doors.mqtt.Denial;
import io.muster.doors.mqtt.Departure;
import io.muster.doors.mqtt.Grant;
import io.muster.doors.mqtt.MqttGuest;
import io.muster.doors.mqtt.MqttMessage;
import io.muster.doors.mqtt.MqttReplies;
import io.muster.doors.mqtt.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// A device on its MQTT connection: exactly one answer to each request, and nothing unasked.
final class DpsGuest implements MqttGuest {

    /// The Java SDK publishes, and only then begins to wait: an answer that is faster is lost, and the device hangs for
    /// a minute.
    private static final Duration SOONEST = Duration.ofMillis(25);

    private final Registrations registrations;
    private final DpsCall greeting;
    private final DpsUserName name;

    /// @param greeting what the device said and showed when it connected
    DpsGuest(Registrations registrations, DpsCall greeting, DpsUserName name) {
        this.registrations = registrations;
        this.greeting = greeting;
        this.name = name;
    }

    @Override
    public Grant subscribe(String filter, int qos, MqttReplies replies) {
        return filter.equals(DpsTopic.ANSWERS) ? new Grant.Granted(qos) : new Grant.Denied(Denial.NOT_AUTHORIZED);
    }

    @Override
    public Receipt publish(MqttMessage message, MqttReplies replies) {
        long came = System.nanoTime();
        Optional<DpsTopic> topic = DpsTopic.parse(message.topic());
        topic.ifPresent(asked -> {
            DpsReply reply = registrations.answer(call(asked, message.payload()));
            Bytes body = Bytes.of(reply.body().getBytes(StandardCharsets.UTF_8));
            Duration taken = Duration.ofNanos(System.nanoTime() - came);
            replies.sendAfter(SOONEST.minus(taken), asked.answer(reply), body);
        });
        return topic.isPresent() ? new Receipt.Taken() : new Receipt.Denied(Denial.TOPIC_INVALID);
    }

    private DpsCall call(DpsTopic topic, Bytes payload) {
        return switch (topic) {
            case DpsTopic.Register _ -> call(new DpsPath.Register(name.scope(), name.registrationId()), payload);
            // Whatever comes with a question after an operation says nothing: Node sends a space.
            case DpsTopic.Status(var _, String operation) ->
                call(new DpsPath.Status(name.scope(), name.registrationId(), operation), DpsCall.NO_BODY);
        };
    }

    private DpsCall call(DpsPath path, Bytes body) {
        return new DpsCall(greeting.door(), path, name.version(), greeting.authorization(), body, greeting.peer());
    }

    @Override
    public void left(Departure departure) {}
}
