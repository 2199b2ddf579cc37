package io.muster.core.flow;

import io.muster.core.ledger.Ledger;
import io.muster.core.policy.FactsReader;
import io.muster.core.policy.Hooks;

/// What a try walks through once it is attested: what [Enroll] and [Drain] have in common.
///
/// @param certify the step that signs
/// @param places  the watch for identity keys that are in two places
/// @param facts   reads what devices say of themselves
/// @param hooks   asks operators' own services
public record Steps(Ledger ledger, Certify certify, TwoPlaces places, FactsReader facts, Hooks hooks) {}
