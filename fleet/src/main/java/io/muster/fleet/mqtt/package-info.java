/// How a simulated device speaks MQTT 3.1.1 over TLS: connect, subscribe, publish, wait for messages, disconnect.
///
/// Each device has a virtual thread and blocks, so that its way reads from top to bottom; Netty moves the bytes on the
/// shared event loops of the `Dialer`, by its codec. What comes in is bounded in size and number, every wait has an
/// end, and whatever MQTT does not allow here is a loss.
///
/// In come an errand and a `Broker`; out comes exactly one ending, always, within bounded time. This room knows devices
/// and the channel. It must not know what topics or payloads mean, nor who counts the endings.
@NullMarked
package io.muster.fleet.mqtt;

import org.jspecify.annotations.NullMarked;
