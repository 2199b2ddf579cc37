package io.muster.core.door;

import io.muster.core.device.Json;
import io.muster.core.device.RegistrationId;
import java.util.List;
import java.util.Optional;

/// One try of a device to enroll, parsed and not yet believed.
///
/// @param door           the protocol it came by, such as `dps-https`
/// @param scope          the tenant that the device names (DPS: ID scope); empty when its protocol names none
/// @param registrationId the name it registers under
/// @param evidence       what it shows; empty when it showed nothing
/// @param payload        what it says of itself
/// @param source         the address it came from, for the trace
public record EnrollmentRequest(
        String door,
        Optional<String> scope,
        RegistrationId registrationId,
        List<Evidence> evidence,
        Optional<Json> payload,
        String source) {

    public EnrollmentRequest {
        evidence = List.copyOf(evidence);
    }
}
