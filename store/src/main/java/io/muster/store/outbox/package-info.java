/// The entries on their way out: how far each sink came in each lane, whose turn it is to feed it, and what it could
/// not take.
///
/// The relay comes in, and the desk. It reads entries and never writes one but for an operator's act on a sink; it must
/// not know what a sink is.
@NullMarked
package io.muster.store.outbox;

import org.jspecify.annotations.NullMarked;
