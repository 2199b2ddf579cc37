package io.muster.fleet.device;

/// A device that has a name and nothing that proves it.
public record UnprovenDevice(String registrationId) implements Device {}
