/// Operations on how devices of AWS come: claims, provisioning templates, policies. The last two are tried without
/// effect.
///
/// The desk's assembly may come in. It knows exchange, the room roster, and core's claims, templates and permissions;
/// it must not know Vert.x.
@NullMarked
package io.muster.desk.provisioning;

import org.jspecify.annotations.NullMarked;
