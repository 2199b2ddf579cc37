/// How a simulated device reaches a server and waits for it, whatever it says there: a new TCP connection, a full TLS
/// handshake, a request, again while it is deferred, again after a failure where its patience allows.
///
/// In come an errand (what to say, how to understand the answer) and an address; out comes exactly one ending,
/// always, within bounded time. Plain Netty callbacks on one shared TLS context, because the devices must cost less
/// than the server that they measure; all events of one call run on one event loop. Who speaks something else than
/// HTTP takes a connection from the `Dialer` alone.
///
/// This room knows devices. It must not know any protocol above HTTP, nor who counts the endings.
@NullMarked
package io.muster.fleet.channel;

import org.jspecify.annotations.NullMarked;
