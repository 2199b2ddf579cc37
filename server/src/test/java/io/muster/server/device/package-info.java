/// Devices at the doors: what other people's software makes of our answers.
///
/// Everything comes in by the wire. Nothing here knows the house but its address, its anchor and its command line.
@NullMarked
package io.muster.server.device;

import org.jspecify.annotations.NullMarked;
