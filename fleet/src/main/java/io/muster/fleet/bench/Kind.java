package io.muster.fleet.bench;

/// How the devices of a benchmark prove themselves.
public enum Kind {
    /// A certificate of the device's own, on mutual TLS.
    x509,
    /// A key derived from the group's, in a token.
    symmetric
}
