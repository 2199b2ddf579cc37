package io.muster.core.door;

import io.muster.core.device.Name;
import java.util.Map;

/// A device wants to be registered with a certificate that a claim created.
///
/// @param template   the enrollment whose template makes the device
/// @param ownership  the token that came with the certificate, as it was sent
/// @param parameters what the template is filled with
/// @param source     the address it came from
/// @param clientId   under which it is connected
public record RegistrationRequest(
        String door,
        Admitted.Claimant claimant,
        Name template,
        String ownership,
        Map<String, String> parameters,
        String source,
        String clientId) {

    /// One that is connected under no name.
    public RegistrationRequest(
            String door,
            Admitted.Claimant claimant,
            Name template,
            String ownership,
            Map<String, String> parameters,
            String source) {
        this(door, claimant, template, ownership, parameters, source, "");
    }

    public RegistrationRequest {
        parameters = Map.copyOf(parameters);
    }

    /// The token opens a certificate for an hour: it is not printed.
    @Override
    public String toString() {
        return "RegistrationRequest for template " + template;
    }
}
