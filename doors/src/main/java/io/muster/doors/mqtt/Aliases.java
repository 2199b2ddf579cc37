package io.muster.doors.mqtt;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import org.jspecify.annotations.Nullable;

/// The short forms that a device of MQTT 5 gives its topics (section 3.3.2.3.4).
final class Aliases {

    /// As many as AWS takes.
    static final int MAX = 8;

    private @Nullable String @Nullable [] topics;

    /// What a message's topic turns out to be.
    sealed interface Topic {
        record Named(String name) implements Topic {}

        /// An alias that is none, or one that was not given.
        record Unknown() implements Topic {}
    }

    Topic resolve(MqttPublishVariableHeader head) {
        if (!(head.properties().getProperty(MqttProperties.TOPIC_ALIAS) instanceof IntegerProperty alias)) {
            return new Topic.Named(head.topicName());
        }
        int number = alias.value();
        if (number < 1 || number > MAX) {
            return new Topic.Unknown();
        }
        return head.topicName().isEmpty() ? remembered(number) : remember(number, head.topicName());
    }

    private Topic remembered(int number) {
        String topic = topics == null ? null : topics[number - 1];
        return topic == null ? new Topic.Unknown() : new Topic.Named(topic);
    }

    private Topic remember(int number, String topic) {
        if (topics == null) {
            topics = new String[MAX];
        }
        topics[number - 1] = topic;
        return new Topic.Named(topic);
    }
}
