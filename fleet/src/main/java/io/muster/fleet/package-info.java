/// The door of the device side: the command line of the benchmark.
///
/// Nothing is decided here. Behind it lie the benchmark, the fleet runs, a client for each protocol and the devices,
/// each knowing only those named after it.
@NullMarked
package io.muster.fleet;

import org.jspecify.annotations.NullMarked;
