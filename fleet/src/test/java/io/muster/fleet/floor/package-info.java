/// The floor, served inside the test.
@NullMarked
package io.muster.fleet.floor;

import org.jspecify.annotations.NullMarked;
