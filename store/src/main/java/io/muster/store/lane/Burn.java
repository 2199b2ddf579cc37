package io.muster.store.lane;

import io.muster.store.sealing.Octets;

/// A token that an act stands on, and the key that uses it.
public record Burn(short slot, int tenant, Octets tokenId, Octets keyBi) {}
