package io.muster.core.door;

/// What an enrollment did to the device.
public enum Change {
    /// The device is new.
    INITIAL,
    /// It was known, and nothing about it changed.
    UNCHANGED,
    /// It was known and stays where it was; what it says of itself, or the enrollment that it came by, is new.
    UPDATED,
    /// It was known, nothing else about it changed, and it got a certificate.
    CERTIFIED,
    /// It moved to another hub and keeps its data.
    MIGRATED,
    /// It moved to another hub and starts anew there.
    RESET,
    /// It proved itself with a new identity key, as its enrollment allows.
    REKEYED
}
