/// Operations on what happened: devices, attempts, the size of it all.
///
/// The desk's assembly may come in. It knows exchange, the tenants of the room roster, and core's ledger; it must not
/// know Vert.x.
@NullMarked
package io.muster.desk.ledger;

import org.jspecify.annotations.NullMarked;
