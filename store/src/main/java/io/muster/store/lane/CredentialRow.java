package io.muster.store.lane;

import io.muster.store.sealing.Octets;

/// A row of table `credential`, new.
///
/// @param slot  where the row lives: its device's
/// @param state one of the constants here
/// @param shard the part of the issuer's CRL that would name it
public record CredentialRow(
        short slot,
        int tenant,
        Octets serialBi,
        Octets deviceId,
        short state,
        long notAfter,
        short shard,
        Octets issuer,
        Octets sealed) {

    /// The newest of its device.
    public static final short CURRENT = 1;

    /// A newer one was issued and has not been used yet.
    public static final short REPLACED = 2;

    /// The newer one was used.
    public static final short SUPERSEDED = 3;

    /// An operator revoked it.
    public static final short REVOKED = 4;

    /// The newest of its device, which a claim created, and which the device has not shown yet.
    public static final short UNUSED = 5;
}
