package io.muster.x509.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.issuance.Order;
import io.muster.core.roster.CertificateProfile;
import io.muster.x509.codec.CertificateRequestReader;
import io.muster.x509.codec.CertificateRequestReader.Reading;
import java.security.SecureRandom;
import java.time.Instant;

/// Orders as core gives them to the issuer.
public final class Orders {

    public static final Name TENANT = new Name("acme");

    private Orders() {}

    public static Order of(String id, RequestSpec request) {
        return of(id, request, CertificateProfile.standard(TENANT));
    }

    public static Order of(String id, RequestSpec request, CertificateProfile profile) {
        return of(id, read(request.der(), Purpose.ENROLL), profile, CertificateSpec.NOW);
    }

    public static Order of(String id, CertificateRequest request, CertificateProfile profile, Instant now) {
        return new Order(
                profile.tenant(), RegistrationId.parse(id).orElseThrow(), profile, request, serial(), false, now);
    }

    /// The same for a key that is proved to live in a hardware module.
    public static Order resident(Order it) {
        return new Order(it.tenant(), it.registrationId(), it.profile(), it.request(), it.serial(), true, it.now());
    }

    public static CertificateRequest read(byte[] der, Purpose purpose) {
        return switch (CertificateRequestReader.read(der, purpose)) {
            case Reading.Read read -> read.request();
            case Reading.Refused refused ->
                throw new IllegalStateException(refused.refusal().toString());
        };
    }

    public static Serial serial() {
        byte[] octets = new byte[Serial.SIZE];
        new SecureRandom().nextBytes(octets);
        octets[0] = Serial.MARK;
        return new Serial(Bytes.of(octets));
    }
}
