package io.muster.fleet.bench;

import com.fasterxml.jackson.annotation.JsonValue;

/// At which door of the server devices are measured.
public enum Door {
    /// DPS over HTTPS: an assignment.
    DPS("dps"),
    /// The same over MQTT.
    DPS_MQTT("dps-mqtt"),
    /// EST: a certificate for the device's key.
    EST("est"),
    /// AWS fleet provisioning by claim: a certificate and a thing.
    AWS("aws");

    private final String word;

    Door(String word) {
        this.word = word;
    }

    /// As on the command line and in reports.
    @JsonValue
    @Override
    public String toString() {
        return word;
    }

    boolean speaksMqtt() {
        return switch (this) {
            case DPS, EST -> false;
            case DPS_MQTT, AWS -> true;
        };
    }
}
