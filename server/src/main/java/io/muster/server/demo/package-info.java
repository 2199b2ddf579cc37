/// `muster demo`: a whole installation with a simulated fleet, for somebody who sees Muster for the first time.
///
/// The command line comes in. It does what an operator does by the same commands, and what devices do over the wire;
/// it opens a house and touches nothing inside it.
@NullMarked
package io.muster.server.demo;

import org.jspecify.annotations.NullMarked;
