package io.muster.store.sealing;

/// A device's key: as it is stored, and ready for use.
///
/// @param bucketKey number of the bucket key that wraps it
/// @param wrapped   the key as the database holds it
/// @param seal      the key in use
public record DeviceKey(int bucketKey, Octets wrapped, Seal seal) {}
