package io.muster.store.lane;

import io.muster.store.sealing.Octets;

/// What an act rests on in the roster: none of it may have changed since its edition.
///
/// @param enrollment the gate that let it in
/// @param edition    the roster's edition that was read
/// @param individual whether the enrollment is this device's alone
/// @param slot       where an individual enrollment of this name would live
/// @param nameBi     blind index of the name
public record Rests(int tenant, String enrollment, long edition, boolean individual, short slot, Octets nameBi) {}
