package io.muster.outlets.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.muster.core.ledger.Event;
import io.muster.outlets.event.EventJson;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is published of an event: the event itself (CloudEvents' MQTT binding, structured mode), and the device as it
/// is from then on as a retained message.
///
/// @param events  where events go
/// @param devices where devices as they are go; empty for nowhere
public record Publication(TopicTemplate events, Optional<TopicTemplate> devices) {

    private static final String JSON = "application/json";

    List<Mqtt5Publish> of(Event event, EventJson form) {
        return Stream.concat(
                        Stream.of(message(events.of(event), EventJson.MEDIA_TYPE, form.of(event), false)),
                        devices.map(topic -> device(topic.of(event), event, form)).stream())
                .toList();
    }

    /// A device that is out of service for good has an empty one: the broker forgets the device then.
    private static Mqtt5Publish device(String topic, Event event, EventJson form) {
        return switch (event) {
            case Event.Changed changed
            when changed.type() != Event.Type.DECOMMISSIONED -> message(topic, JSON, form.device(changed), true);
            case Event.Changed _, Event.Erased _ -> nothing(topic);
        };
    }

    private static Mqtt5Publish message(String topic, String contentType, byte[] payload, boolean retain) {
        return Mqtt5Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(retain)
                .payload(payload)
                .contentType(contentType)
                .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                .build();
    }

    private static Mqtt5Publish nothing(String topic) {
        return Mqtt5Publish.builder()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .build();
    }
}
