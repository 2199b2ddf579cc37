package io.muster.fleet.mqtt;

/// How surely a message is delivered. The third level of MQTT is spoken by no door.
public enum Qos {
    AT_MOST_ONCE,
    AT_LEAST_ONCE
}
