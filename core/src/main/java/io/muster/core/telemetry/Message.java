package io.muster.core.telemetry;

import io.muster.core.device.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One message of a device, which it may send.
///
/// @param from       whose it is
/// @param topic      as the device named it
/// @param payload    as it came; nobody has looked into it
/// @param qos        0 or 1
/// @param properties what the device said beside the payload (Azure: message properties), as its dialect spells them
/// @param deviceTime when it says that it made the message; nobody checked its clock
/// @param receivedAt when it came, by this node's clock
public record Message(
        Sender from,
        String topic,
        Bytes payload,
        int qos,
        Map<String, String> properties,
        Optional<Instant> deviceTime,
        Instant receivedAt) {

    public Message {
        properties = Map.copyOf(properties);
    }

    /// One without properties.
    public Message(Sender from, String topic, Bytes payload, int qos, Instant receivedAt) {
        this(from, topic, payload, qos, Map.of(), Optional.empty(), receivedAt);
    }

    /// Topics and payloads speak of a device: they are not printed.
    @Override
    public String toString() {
        return "a message of " + payload;
    }
}
