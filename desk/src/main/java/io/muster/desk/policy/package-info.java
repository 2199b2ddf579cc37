/// Operations that decide without effect: what would become of a device, and what a change would have changed.
///
/// The desk's assembly may come in. It knows exchange, the enrollment's form in the room roster, and core's rehearsal;
/// it must not know Vert.x, nor anything that writes.
@NullMarked
package io.muster.desk.policy;

import org.jspecify.annotations.NullMarked;
