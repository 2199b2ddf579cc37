package io.muster.doors.mqtt;

import io.muster.core.device.Bytes;
import java.time.Duration;

/// The way back to one connection alone. Any thread may use it, also after the call in which it was handed out.
public interface MqttReplies {

    /// Sends when this connection holds a subscription that matches the topic, with the QoS that was granted.
    /// Otherwise does nothing and says false: also when the connection is over, when the device takes no message of
    /// that size, and when too much is under way to it already. Never blocks, never throws.
    boolean send(String topic, Bytes payload);

    /// The same after a while, without holding a thread; whether it can be sent is found out then. A server that
    /// stops waits for it.
    void sendAfter(Duration wait, String topic, Bytes payload);

    /// Ends the connection, after what was sent before. The guest hears [Departure#DOOR].
    void close();

    /// The same where the device may not stay: MQTT 5 reads 0x87. The guest hears [Departure#DISMISSED].
    void dismiss();
}
