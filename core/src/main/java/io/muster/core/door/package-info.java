/// What crosses a door: the request, its evidence, the outcome, the refusals in words, and the trace of a decision.
///
/// Every door comes in here and calls one port, [io.muster.core.door.Reception]. It knows devices and connectivity;
/// it must not know any protocol: no status code, no topic, no header.
@NullMarked
package io.muster.core.door;

import org.jspecify.annotations.NullMarked;
