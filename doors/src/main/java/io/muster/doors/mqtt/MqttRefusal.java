package io.muster.doors.mqtt;

/// Why a CONNECT is refused, as far as MQTT has words for it. What code each is on the wire stands in `ReasonCodes`.
public enum MqttRefusal {
    /// What should prove the caller does not.
    BAD_CREDENTIALS,
    /// The caller may not come, or may not come so.
    NOT_AUTHORIZED,
    /// The client id is not the caller's, or not one at all.
    CLIENT_ID_INVALID,
    /// The will's topic is not the caller's.
    WILL_NOT_AUTHORIZED,
    /// The server cannot judge now; the caller shall come again.
    UNAVAILABLE,
    /// There are too many, of the tenant or of the caller.
    QUOTA_EXCEEDED
}
