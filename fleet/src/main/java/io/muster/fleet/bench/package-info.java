/// The benchmark: what one core of a server does for a fleet, beside the least that any server could do.
///
/// The server under test is a process of its own on one core, the devices use the others. Its CPU time comes from
/// /proc, its latency from the devices, its bytes from the admin API. Everything started here is stopped here.
///
/// In comes the command line. This room knows fleet runs and the floor; of the server it knows the launcher, the
/// admin API and nothing else.
@NullMarked
package io.muster.fleet.bench;

import org.jspecify.annotations.NullMarked;
