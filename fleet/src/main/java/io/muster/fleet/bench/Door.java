package io.muster.fleet.bench;

/// At which door of the server devices are measured.
public enum Door {
    /// DPS over HTTPS: an assignment.
    dps,
    /// EST: a certificate for the device's key.
    est
}
