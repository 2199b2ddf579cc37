package io.muster.core.flow;

import io.muster.core.device.Bytes;
import io.muster.core.device.Json;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import java.util.List;
import java.util.Optional;

/// A device that an operator thinks up, to see what would become of it.
///
/// @param certificate the certificate that it would ask for
/// @param payload     what it would say of itself
public record SampleDevice(
        RegistrationId registrationId, Shown shown, Optional<CertificateRequest> certificate, Optional<Json> payload) {

    /// What it would show.
    public sealed interface Shown {

        /// A certificate with its chain. That the device has the key is taken for granted.
        ///
        /// @param certificates DER, the device's own first
        record Chain(List<Bytes> certificates) implements Shown {
            public Chain {
                certificates = List.copyOf(certificates);
            }
        }

        /// Whatever the enrollment asks for is taken for proved.
        ///
        /// @param newKey whether a known device comes with another identity key than its own
        record Assumed(boolean newKey) implements Shown {}
    }
}
