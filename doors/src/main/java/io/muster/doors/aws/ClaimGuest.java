package io.muster.doors.aws;

import io.muster.doors.mqtt.Denial;
import io.muster.doors.mqtt.Departure;
import io.muster.doors.mqtt.Grant;
import io.muster.doors.mqtt.MqttGuest;
import io.muster.doors.mqtt.MqttMessage;
import io.muster.doors.mqtt.MqttReplies;
import io.muster.doors.mqtt.Receipt;
import io.muster.doors.mqtt.Seat;
import java.util.Optional;

/// Somebody with a claim on his MQTT connection: one answer to each request, to him alone, and nothing unasked.
final class ClaimGuest implements MqttGuest {

    private final Provisioning provisioning;
    private final Caller caller;
    private final Seat seat;

    ClaimGuest(Provisioning provisioning, Caller caller, Seat seat) {
        this.provisioning = provisioning;
        this.caller = caller;
        this.seat = seat;
    }

    @Override
    public void entered(MqttReplies replies) {
        seat.take(replies);
    }

    @Override
    public Grant subscribe(String filter, int qos, MqttReplies replies) {
        return switch (AnswerFilter.parse(filter, caller.claimant().enrollment())) {
            case OWN -> new Grant.Granted(qos);
            case FOREIGN -> {
                provisioning.turnAwayFromTemplate(caller);
                yield new Grant.Denied(Denial.NOT_AUTHORIZED);
            }
            case NONE -> new Grant.Denied(Denial.NOT_AUTHORIZED);
        };
    }

    @Override
    public Receipt publish(MqttMessage message, MqttReplies replies) {
        Optional<AwsTopic> topic = AwsTopic.parse(message.topic());
        if (topic.isEmpty() || message.retain()) {
            return new Receipt.Denied(Denial.NOT_AUTHORIZED);
        }
        if (topic.get() instanceof AwsTopic.Register asked
                && !asked.names(caller.claimant().enrollment())) {
            provisioning.turnAwayFromTemplate(caller);
            return new Receipt.Denied(Denial.NOT_AUTHORIZED);
        }
        AwsReply reply = provisioning.answer(caller, topic.get(), message.payload());
        replies.send(reply.topic(), reply.payload());
        return new Receipt.Taken();
    }

    @Override
    public void left(Departure departure) {
        seat.leave(departure);
    }
}
