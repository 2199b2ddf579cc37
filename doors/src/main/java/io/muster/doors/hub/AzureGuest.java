package io.muster.doors.hub;

import io.muster.core.device.Bytes;
import io.muster.doors.mqtt.Denial;
import io.muster.doors.mqtt.Departure;
import io.muster.doors.mqtt.Grant;
import io.muster.doors.mqtt.MqttGuest;
import io.muster.doors.mqtt.MqttMessage;
import io.muster.doors.mqtt.MqttReplies;
import io.muster.doors.mqtt.Receipt;
import io.muster.doors.mqtt.Seat;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A device with an Azure device SDK. Its events are taken. There are no twins here: whoever asks for one is told so,
/// for an SDK that hears nothing waits.
final class AzureGuest implements MqttGuest {

    /// Bytes of a topic: the properties of a message are in it.
    static final int TOPIC_BYTES = 8 * 1024;

    private static final int NOT_IMPLEMENTED = 501;
    private static final Bytes NO_TWIN = Bytes.of(
            "{\"errorCode\":501000,\"message\":\"This hub keeps no device twins.\"}".getBytes(StandardCharsets.UTF_8));

    private final Voice voice;
    private final Seat seat;

    AzureGuest(Voice voice, Seat seat) {
        this.voice = voice;
        this.seat = seat;
    }

    @Override
    public int topicBytes() {
        return TOPIC_BYTES;
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
        Optional<AzureTopic> topic = AzureTopic.parse(message.topic(), voice.deviceId());
        return topic.map(asked -> switch (asked) {
                    case AzureTopic.Event it -> event(message, it);
                    case AzureTopic.Twin it -> {
                        replies.send(it.answer(NOT_IMPLEMENTED), NO_TWIN);
                        yield new Receipt.Taken();
                    }
                })
                .orElseGet(voice::denied);
    }

    private Receipt event(MqttMessage message, AzureTopic.Event event) {
        return PropertyBag.parse(event.properties())
                .map(bag -> voice.say(message, bag))
                .orElseGet(() -> new Receipt.Denied(Denial.TOPIC_INVALID));
    }

    @Override
    public void left(Departure departure) {
        seat.leave(departure);
    }
}
