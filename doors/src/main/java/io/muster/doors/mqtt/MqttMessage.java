package io.muster.doors.mqtt;

import io.muster.core.device.Bytes;

/// One message of a device.
///
/// @param topic   1 byte of UTF-8 to as many as its guest takes, 256 where it says nothing else; at most 7 slashes,
///                without `+`, `#` and NUL
/// @param payload at most 128 KiB
/// @param qos     0 or 1
/// @param retain  as sent; always false in MQTT 5, whose devices are told that nothing is retained
public record MqttMessage(String topic, Bytes payload, int qos, boolean retain) {

    /// Topics name devices: they are not printed.
    @Override
    public String toString() {
        return "a message of " + payload;
    }
}
