/// The gate, tested alone.
@NullMarked
package io.muster.desk.gate;

import org.jspecify.annotations.NullMarked;
