/// One enrollment from beginning to end: the only room that sees all the others.
///
/// Doors come in through [io.muster.core.door.Reception]. Read [io.muster.core.flow.Enroll] first.
@NullMarked
package io.muster.core.flow;

import org.jspecify.annotations.NullMarked;
