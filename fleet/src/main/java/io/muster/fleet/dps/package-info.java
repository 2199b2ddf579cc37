/// One device registering with a DPS over HTTPS, as the SDKs do it: a new TCP connection and a full TLS handshake,
/// PUT register, polls while it is deferred.
///
/// Every answer is verified before it counts. The client is plain Netty callbacks on one shared TLS context, because
/// it must cost less than the server that it measures; all events of one device run on one event loop.
///
/// In come a `Device` and a `Target`; out comes exactly one `Registration`, always, within bounded time. It must not
/// know who counts them.
@NullMarked
package io.muster.fleet.dps;

import org.jspecify.annotations.NullMarked;
