package io.muster.doors.hub;

import io.muster.doors.mqtt.Departure;
import io.muster.doors.mqtt.Grant;
import io.muster.doors.mqtt.MqttGuest;
import io.muster.doors.mqtt.MqttMessage;
import io.muster.doors.mqtt.MqttReplies;
import io.muster.doors.mqtt.Receipt;
import io.muster.doors.mqtt.Seat;

/// A device without an SDK, on topics of its own.
final class PlainGuest implements MqttGuest {

    private final Voice voice;
    private final Seat seat;

    PlainGuest(Voice voice, Seat seat) {
        this.voice = voice;
        this.seat = seat;
    }

    @Override
    public void entered(MqttReplies replies) {
        seat.take(replies);
    }

    @Override
    public Grant subscribe(String filter, int qos, MqttReplies replies) {
        return voice.subscribe(filter, qos);
    }

    @Override
    public Receipt publish(MqttMessage message, MqttReplies replies) {
        seat.heard();
        return voice.say(message, PropertyBag.EMPTY);
    }

    @Override
    public void left(Departure departure) {
        seat.leave(departure);
    }
}
