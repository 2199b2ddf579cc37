/// Operators with tools of Azure's: what they make of our answers, and what becomes of what they ask for.
///
/// Everything comes in by the wire. Nothing here knows the house but its address, its anchor and its command line.
@NullMarked
package io.muster.server.azure;

import org.jspecify.annotations.NullMarked;
