package io.muster.core.door;

import io.muster.core.device.KeyAlgorithm;

/// A claim asks for a certificate.
///
/// @param claimant what admission said of the connection
/// @param source   the address it came from
public record CreationRequest(String door, Admitted.Claimant claimant, Wanted wanted, String source) {

    /// What it asks for.
    public sealed interface Wanted {

        /// A certificate for the device's own key.
        record ForKey(CertificateRequest request) implements Wanted {}

        /// A key as well, of this kind where the profile has it.
        record WithKey(KeyAlgorithm preferred) implements Wanted {}
    }
}
