/// One device registering with a DPS over HTTPS, as the SDKs do it: PUT register, polls while it is deferred.
///
/// Every answer is verified before it counts.
///
/// In come a `Device` and a `Target`; out comes exactly one `Registration`, always, within bounded time. It knows
/// devices and the channel; it must not know who counts, nor any other protocol.
@NullMarked
package io.muster.fleet.dps;

import org.jspecify.annotations.NullMarked;
