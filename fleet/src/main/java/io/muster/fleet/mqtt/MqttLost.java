package io.muster.fleet.mqtt;

/// The connection brings nothing more: it broke, time ran out, or the broker did what MQTT 3.1.1 does not allow.
public final class MqttLost extends Exception {

    private static final long serialVersionUID = 1L;

    public MqttLost(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
