/// The client against a broker that plays AWS IoT, well behaved and not.
@NullMarked
package io.muster.fleet.aws;

import org.jspecify.annotations.NullMarked;
