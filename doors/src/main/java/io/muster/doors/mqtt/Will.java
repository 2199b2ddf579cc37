package io.muster.doors.mqtt;

/// What a device wants to be published when its connection is lost. A door that would refuse the message from the
/// device itself refuses the CONNECT with it; when the time comes, the guest gets it by [MqttGuest#publish] like any
/// other.
public record Will(MqttMessage message) {}
