package io.muster.fleet.floor;

/// What the floor does about the intermediate CA that every device of a maker shows.
public enum Intermediates {
    /// Its signature is checked once and remembered.
    CACHED,
    /// Its signature is checked on every connection.
    CHECKED
}
