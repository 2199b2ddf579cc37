/// The desk, tested through its door.
@NullMarked
package io.muster.desk;

import org.jspecify.annotations.NullMarked;
