/// One device that has nothing but a claim certificate, which it shares with its whole production line, and becomes a
/// thing: AWS IoT fleet provisioning by claim, over MQTT, as the SDKs do it.
///
/// It asks for a certificate, on a key of its own or with one that the server makes, registers under a provisioning
/// template, comes back with the new certificate and tells its first telemetry. Every answer is verified before it
/// counts.
///
/// In come a `Newcomer` and an `AwsTarget`; out comes exactly one `Provisioning`, always, within bounded time. It knows
/// devices, the channel and MQTT; it must not know who counts, nor any other protocol.
@NullMarked
package io.muster.fleet.aws;

import org.jspecify.annotations.NullMarked;
