/// What devices say once they are in: messages on their way from a connection that stays to whoever keeps them.
///
/// Doors come in with a message, and outlets to take it. It must not know how it came, nor where it goes.
@NullMarked
package io.muster.core.telemetry;

import org.jspecify.annotations.NullMarked;
