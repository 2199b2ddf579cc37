/// Devices at an EST server that answers as told.
@NullMarked
package io.muster.fleet.est;

import org.jspecify.annotations.NullMarked;
