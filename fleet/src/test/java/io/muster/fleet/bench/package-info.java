/// The benchmark at tiny size.
@NullMarked
package io.muster.fleet.bench;

import org.jspecify.annotations.NullMarked;
