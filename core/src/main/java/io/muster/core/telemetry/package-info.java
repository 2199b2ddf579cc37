/// What devices say once they are in: messages on their way from a connection that stays to whoever keeps them.
///
/// Doors come in with a message, and [io.muster.core.telemetry.Router] sends it to the sinks of its routes; outlets
/// stand behind the ports for sinks, conditions and the form. The desk comes in to watch. It must not know how a
/// message came, nor what a condition or an event is written in.
@NullMarked
package io.muster.core.telemetry;

import org.jspecify.annotations.NullMarked;
