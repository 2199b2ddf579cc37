/// Fleets whose sums must add up.
@NullMarked
package io.muster.fleet.run;

import org.jspecify.annotations.NullMarked;
