package io.muster.store.sealing;

/// Where a name or key is found without being told.
///
/// @param slot where its row lives
/// @param id   16 bytes under the slot key, the slot first: never rotates
/// @param bi   pepper version, then 16 bytes under that pepper
public record Indexed(short slot, Octets id, Octets bi) {}
