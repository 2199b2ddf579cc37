package io.muster.doors.mqtt;

/// Why a subscription or a message is not taken.
public enum Denial {
    /// It is not the device's.
    NOT_AUTHORIZED,
    /// There is no such topic or filter.
    TOPIC_INVALID,
    /// What is in it is not what belongs there.
    PAYLOAD_INVALID,
    /// There is too much of it; later it may be taken.
    QUOTA_EXCEEDED,
    /// It cannot be taken now, by no fault of the device.
    UNAVAILABLE
}
