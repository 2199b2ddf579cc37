package io.muster.store.database;

/// How the pool of connections is used.
///
/// @param inUse connections at work
/// @param idle open ones that nobody uses
/// @param waiting threads that wait for one
/// @param most so many there may be
public record PoolUse(int inUse, int idle, int waiting, int most) {}
