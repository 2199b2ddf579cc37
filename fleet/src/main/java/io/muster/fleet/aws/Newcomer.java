package io.muster.fleet.aws;

import io.muster.fleet.device.CertificateRequest;
import io.muster.fleet.device.X509Device;
import java.util.Map;
import java.util.Optional;

/// A device as it leaves the line: a claim certificate, and what it can say of itself.
///
/// @param name       its client id until it is a thing
/// @param claim      the claim certificate and its key, the same for many devices
/// @param request    what it asks for on a key of its own; absent where the server shall make the key
/// @param parameters of the template
public record Newcomer(
        String name, X509Device claim, Optional<CertificateRequest> request, Map<String, String> parameters) {

    private static final String SERIAL_NUMBER = "SerialNumber";

    public Newcomer {
        parameters = Map.copyOf(parameters);
    }

    /// A device with a key of its own, whose one parameter is `SerialNumber`: its name.
    public static Newcomer withKey(X509Device claim, CertificateRequest request) {
        String name = request.registrationId();
        return new Newcomer(name, claim, Optional.of(request), Map.of(SERIAL_NUMBER, name));
    }

    /// The same without a key.
    public static Newcomer withoutKey(X509Device claim, String name) {
        return new Newcomer(name, claim, Optional.empty(), Map.of(SERIAL_NUMBER, name));
    }
}
