package io.muster.core.flow;

import io.muster.core.ledger.Attempts;
import io.muster.core.ledger.Precedents;
import io.muster.core.roster.Versions;

/// What is kept of past decisions, for reading.
///
/// @param precedents the tries of an enrollment, one after the other
/// @param versions   those that decided them
public record Archive(Attempts attempts, Precedents precedents, Versions versions) {}
