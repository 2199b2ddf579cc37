/// One node's ordered writer: many acts, one transaction, one fsync.
///
/// [io.muster.store.lane.Lane] takes work from any thread and gives back what came of it; [Batch] holds the steps of
/// one transaction in order. The order of locks is everywhere lane, binding, device, token, operation. The rooms of
/// the ledger and of the roster come in; it must not know what a sealed row holds.
@NullMarked
package io.muster.store.lane;

import org.jspecify.annotations.NullMarked;
