package io.muster.core.flow;

import io.muster.core.ledger.Ledger;
import io.muster.core.policy.FactsReader;

/// What a try walks through once it is attested: what [Enroll] and [Drain] have in common.
///
/// @param certify the step that signs
/// @param places  the watch for identity keys that are in two places
/// @param facts   reads what devices say of themselves
public record Steps(Ledger ledger, Certify certify, TwoPlaces places, FactsReader facts) {}
