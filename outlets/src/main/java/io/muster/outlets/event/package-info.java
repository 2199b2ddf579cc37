/// How a change of a device, and what a device says, are written for other systems: CloudEvents 1.0 in JSON, the same
/// for every sink.
///
/// Sinks come in; they share nothing else. It must not know where what it writes goes.
@NullMarked
package io.muster.outlets.event;

import org.jspecify.annotations.NullMarked;
