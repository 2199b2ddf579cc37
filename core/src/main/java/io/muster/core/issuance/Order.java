package io.muster.core.issuance;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.roster.CertificateProfile;
import java.time.Instant;

/// What shall be signed. Only the entitlements make one, and [ClaimCredentials].
///
/// @param registrationId the identity: the common name and all alternative names come from it
/// @param residentKey whether the key is proved to live in a hardware module; the certificate says so
/// @param now            the time of issue; the profile's life and backdating count from it
public record Order(
        Name tenant,
        RegistrationId registrationId,
        CertificateProfile profile,
        CertificateRequest request,
        Serial serial,
        boolean residentKey,
        Instant now) {}
