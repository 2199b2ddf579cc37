package io.muster.doors.testkit;

import io.muster.core.device.Bytes;
import io.muster.doors.mqtt.MqttReplies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The way back to a connection that subscribed to everything: keeps where it was sent what.
public final class HeardReplies implements MqttReplies {

    private final List<String> topics = new ArrayList<>();

    public List<String> topics() {
        return topics;
    }

    @Override
    public boolean send(String topic, Bytes payload) {
        topics.add(topic);
        return true;
    }

    @Override
    public void sendAfter(Duration wait, String topic, Bytes payload) {
        topics.add(topic);
    }

    @Override
    public void close() {
        throw new AssertionError("nobody closes for a message");
    }

    @Override
    public void dismiss() {
        throw new AssertionError("nobody is sent away for a message");
    }
}
