/// One device registering with a DPS, over HTTPS or over MQTT, as the SDKs do it: register, polls while it is deferred.
///
/// Every answer is verified before it counts, by the same judge, whichever way it came.
///
/// In come a `Device` and a `Target`; out comes exactly one `Registration`, always, within bounded time. It knows
/// devices, the channel and MQTT; it must not know who counts, nor any other protocol.
@NullMarked
package io.muster.fleet.dps;

import org.jspecify.annotations.NullMarked;
