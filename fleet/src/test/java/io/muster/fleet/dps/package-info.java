/// The client against a server that plays DPS, well behaved and not.
@NullMarked
package io.muster.fleet.dps;

import org.jspecify.annotations.NullMarked;
