package io.muster.doors.mqtt;

/// What becomes of a message.
public sealed interface Receipt {

    /// It is taken, and whatever shall survive of it is durable: a PUBACK goes out as soon as this is returned.
    record Taken() implements Receipt {}

    /// MQTT 5 says so in the PUBACK. 3.1.1 has no words for it: the connection is closed.
    record Denied(Denial reason) implements Receipt {}
}
