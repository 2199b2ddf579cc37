package io.muster.core.door;

import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One try of a device to enroll, parsed and not yet believed.
///
/// @param door the protocol it came by, such as `dps-https`
/// @param scope the tenant that the device names (DPS: ID scope; EST: first half of the label); empty when it names
///     none
/// @param enrollment the enrollment that the device names (EST: second half of the label); empty when it names none
/// @param registrationId the name it registers under
/// @param evidence what it shows; empty when it showed nothing
/// @param certificate the certificate that it asks for
/// @param payload what it says of itself
/// @param thing what a provisioning template makes of it
/// @param source the address it came from, for the trace
public record EnrollmentRequest(
        String door,
        Optional<String> scope,
        Optional<Name> enrollment,
        RegistrationId registrationId,
        List<Evidence> evidence,
        Optional<CertificateRequest> certificate,
        Optional<Json> payload,
        Optional<Templated> thing,
        String source) {

    public EnrollmentRequest {
        evidence = List.copyOf(evidence);
    }

    /// One that no template made.
    public EnrollmentRequest(
            String door,
            Optional<String> scope,
            Optional<Name> enrollment,
            RegistrationId registrationId,
            List<Evidence> evidence,
            Optional<CertificateRequest> certificate,
            Optional<Json> payload,
            String source) {
        this(door, scope, enrollment, registrationId, evidence, certificate, payload, Optional.empty(), source);
    }

    /// One that names no enrollment and asks for no certificate.
    public EnrollmentRequest(
            String door,
            Optional<String> scope,
            RegistrationId registrationId,
            List<Evidence> evidence,
            Optional<Json> payload,
            String source) {
        this(door, scope, Optional.empty(), registrationId, evidence, Optional.empty(), payload, source);
    }

    /// The same under another name.
    public EnrollmentRequest named(RegistrationId name) {
        return new EnrollmentRequest(door, scope, enrollment, name, evidence, certificate, payload, thing, source);
    }

    /// The same with more to show.
    public EnrollmentRequest showing(Evidence more) {
        List<Evidence> all = Stream.concat(evidence.stream(), Stream.of(more)).toList();
        return new EnrollmentRequest(door, scope, enrollment, registrationId, all, certificate, payload, thing, source);
    }

    /// The first evidence of a kind.
    public <E extends Evidence> Optional<E> first(Class<E> kind) {
        return evidence.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
