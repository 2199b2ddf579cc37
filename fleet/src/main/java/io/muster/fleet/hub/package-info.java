/// Devices at the hub that they were assigned to: each connects as an Azure device SDK does, or with its certificate
/// on plain topics, and says what it has to say.
///
/// Whoever lets fleets loose comes in. It must not know who keeps the messages.
@NullMarked
package io.muster.fleet.hub;

import org.jspecify.annotations.NullMarked;
