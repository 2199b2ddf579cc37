package io.muster.doors.mqtt;

/// What becomes of one filter of a SUBSCRIBE.
public sealed interface Grant {

    /// @param qos what the device gets at most, 0 or 1
    record Granted(int qos) implements Grant {
        public Granted {
            if (qos != 0 && qos != 1) {
                throw new IllegalArgumentException("QoS " + qos + " is not served");
            }
        }
    }

    /// The SUBACK says so for this filter; the connection lives on.
    record Denied(Denial reason) implements Grant {}
}
