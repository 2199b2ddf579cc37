/// A whole fleet arriving: who comes when, how many at once, and what became of them.
///
/// In come devices, a target and a pace; out comes a summary whose numbers add up. The demo, the drills and the
/// benchmark all start here.
///
/// This room knows devices and the clients of each protocol. It must not know how the server was started or what it
/// costs.
@NullMarked
package io.muster.fleet.run;

import org.jspecify.annotations.NullMarked;
