package io.muster.core.device;

/// A policy that a provisioning template gave to a device.
public sealed interface ThingPolicy {

    /// One that the template wrote: it is the device's own from then on.
    ///
    /// @param document an AWS IoT policy document, as it was uploaded
    record Written(Json document) implements ThingPolicy {}

    /// One of the tenant's, attached by its name: it says what it says at the time of a connection.
    record Named(PolicyName name) implements ThingPolicy {}
}
