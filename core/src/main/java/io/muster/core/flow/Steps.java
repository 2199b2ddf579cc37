package io.muster.core.flow;

import io.muster.core.ledger.Ledger;

/// What a try walks through once it is attested: what [Enroll] and [Drain] have in common.
///
/// @param certify the step that signs
/// @param places  the watch for identity keys that are in two places
public record Steps(Ledger ledger, Certify certify, TwoPlaces places) {}
