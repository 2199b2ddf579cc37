/// Devices and their proofs, read back by the JDK alone.
@NullMarked
package io.muster.fleet.device;

import org.jspecify.annotations.NullMarked;
