package io.muster.attestors.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.testkit.SoftKey;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Treatment;
import io.muster.x509.testkit.Orders;
import io.muster.x509.testkit.RequestSpec;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Enrollments and requests of these tests.
final class Requests {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Name ACME = new Name("acme");

    private Requests() {}

    static Enrollment enrollment(Name tenant, String name, Proof proof) {
        Treatment treatment = new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.KEEP,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.empty(),
                Optional.empty());
        return new Enrollment(tenant, new Name(name), 1, Optional.empty(), proof, treatment, true);
    }

    static Enrollment enrollment(Proof proof) {
        return enrollment(ACME, "boards", proof);
    }

    static Proof.TpmManufacturers manufacturers(Bytes... anchors) {
        return new Proof.TpmManufacturers(
                List.of(anchors).stream()
                        .map(der -> new Anchor(der, "CN=Maker", "", Instant.MAX))
                        .toList(),
                List.of(),
                Set.of());
    }

    /// @param authorities PEM
    static Proof.TpmManufacturers manufacturers(List<String> authorities) throws CertificateException {
        List<Bytes> ders = new ArrayList<>();
        for (String pem : authorities) {
            ders.add(Bytes.of(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .getEncoded()));
        }
        return manufacturers(ders.toArray(Bytes[]::new));
    }

    static EnrollmentRequest request(String id, Evidence... evidence) {
        return new EnrollmentRequest(
                "native",
                Optional.of("acme"),
                RegistrationId.parse(id).orElseThrow(),
                List.of(evidence),
                Optional.empty(),
                "192.0.2.1");
    }

    /// With a certificate request for this key.
    static EnrollmentRequest asking(EnrollmentRequest it, SoftKey key, Purpose purpose) {
        byte[] der = RequestSpec.of(it.registrationId().display(), key.keys()).der();
        return asking(it, Orders.read(der, purpose));
    }

    static EnrollmentRequest asking(EnrollmentRequest it, CertificateRequest wanted) {
        return new EnrollmentRequest(
                it.door(),
                it.scope(),
                it.enrollment(),
                it.registrationId(),
                it.evidence(),
                Optional.of(wanted),
                it.payload(),
                it.source());
    }

    static Refusal refusal(Finding finding) {
        assertThat(finding).isInstanceOf(Finding.Disproved.class);
        Finding.Disproved disproved = (Finding.Disproved) finding;
        assertThat(disproved.checks().getLast().remedy()).isNotBlank();
        return disproved.refusal();
    }

    static Finding.Challenged challenged(Finding finding) {
        assertThat(finding).isInstanceOf(Finding.Challenged.class);
        return (Finding.Challenged) finding;
    }

    static Finding.Proved proved(Finding finding) {
        assertThat(finding).isInstanceOf(Finding.Proved.class);
        return (Finding.Proved) finding;
    }
}
