package io.muster.fleet.device;

/// A simulated device: the name under which it registers, and what proves it.
public sealed interface Device permits X509Device, SymmetricDevice, TokenDevice, UnprovenDevice {

    /// The registration id as the device writes it.
    String registrationId();
}
