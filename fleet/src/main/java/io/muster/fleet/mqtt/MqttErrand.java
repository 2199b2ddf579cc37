package io.muster.fleet.mqtt;

/// What one device wants from a broker. Each protocol brings its own; the device's own thread runs it and may block.
///
/// @param <E> the ways in which the errand ends
public interface MqttErrand<E> {

    /// One try, from the connection to the last answer. What it learns it may remember for the next one.
    Attempt<E> attempt(Broker broker) throws MqttLost, MqttRefused, InterruptedException;

    /// The ending where no valid answer arrived.
    E lost(String reason);

    /// The ending where the broker refused the connection or a subscription.
    E refused(MqttRefused refusal);
}
