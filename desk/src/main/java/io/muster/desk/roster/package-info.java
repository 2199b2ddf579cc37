/// Operations on who may come: tenants, hubs, enrollments, one-time tokens, certificate profiles.
///
/// The desk's assembly may come in. It knows exchange and core's roster and connectivity; it must not know Vert.x.
@NullMarked
package io.muster.desk.roster;

import org.jspecify.annotations.NullMarked;
