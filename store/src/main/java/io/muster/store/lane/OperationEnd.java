package io.muster.store.lane;

import io.muster.store.sealing.Octets;

/// How an operation ends together with an act.
public record OperationEnd(short slot, Octets opId, short state, Octets outcome) {}
