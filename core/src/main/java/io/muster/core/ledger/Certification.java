package io.muster.core.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import java.util.List;
import java.util.Optional;

/// What an act does to certificates. The device's own list of them already shows it.
///
/// @param fresh the certificate that was signed for it
/// @param ended those that stop proving the device, in their new state; the CRL names them from then on
public record Certification(Optional<Fresh> fresh, List<Credential> ended) {

    public static final Certification NONE = new Certification(Optional.empty(), List.of());

    public Certification {
        ended = List.copyOf(ended);
    }

    /// @param certificate DER
    /// @param profile     the profile version by which it was made, such as `device@1`
    public record Fresh(Credential credential, Bytes certificate, String profile) {}

    public boolean isNothing() {
        return fresh.isEmpty() && ended.isEmpty();
    }
}
