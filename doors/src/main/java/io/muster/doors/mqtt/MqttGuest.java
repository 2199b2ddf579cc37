package io.muster.doors.mqtt;

/// One connection as its door sees it. Methods are called one at a time, in the order in which packets came, each on
/// a virtual thread: they may block. That is the back-pressure: beyond a bounded queue nothing more is read
/// meanwhile. A fault that is thrown ends the connection.
public interface MqttGuest {

    /// Bytes of the longest topic that the device may publish to; another one is denied before the guest hears of it.
    default int topicBytes() {
        return Topics.MAX_BYTES;
    }

    /// The device was told that it may stay. Called before anything else, or not at all when the connection was lost
    /// before.
    default void entered(MqttReplies replies) {}

    /// One filter of a SUBSCRIBE: 1 to 256 bytes, at most 7 slashes, wildcards where they may stand, never shared.
    /// The subscription holds, and answers can be sent, only after this has returned. A filter that is held already
    /// is asked for again.
    ///
    /// @param qos what the device wants at most, 0 or 1
    Grant subscribe(String filter, int qos, MqttReplies replies);

    /// A message of the device, or its will. Before it returns the next packet waits.
    Receipt publish(MqttMessage message, MqttReplies replies);

    /// The connection has ended; nothing is called after this.
    void left(Departure departure);
}
