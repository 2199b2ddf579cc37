package io.muster.attestors.issued;

import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Serial;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Certificates.Kept;
import io.muster.core.roster.Enrollment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Believes the certificates that were issued here, for the enrollment that let them be issued. The identity key is
/// the one that proved the device then: a certified key is operational, and changes.
public final class IssuedCertificateAttestor implements Attestor {

    /// The certificate is believed, and is another device's.
    private static final int BELIEVED = 90;

    private final RecentCertificates certificates;

    public IssuedCertificateAttestor(Certificates certificates) {
        this.certificates = new RecentCertificates(certificates);
    }

    @Override
    public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
        return request.evidence().stream()
                .filter(Evidence.CertificateChain.class::isInstance)
                .map(Evidence.CertificateChain.class::cast)
                .flatMap(chain -> chain.certificates().stream().limit(1))
                .findFirst()
                .flatMap(leaf -> kept(candidate, leaf))
                .map(kept -> named(kept, request))
                .orElseGet(Finding.NotMine::new);
    }

    /// A serial number alone proves nothing: anybody may write one into a certificate of his own.
    private Optional<Kept> kept(Enrollment candidate, Bytes leaf) {
        Optional<Serial> serial = SerialNumber.of(leaf);
        return serial.flatMap(it -> certificates.find(candidate.tenant(), it))
                .filter(kept -> kept.certificate().equals(leaf))
                .filter(kept -> kept.enrollment().equals(candidate.name()));
    }

    private static Finding named(Kept kept, EnrollmentRequest request) {
        Credential credential = kept.credential();
        Check issued = Check.pass(
                "certificate_issued_here",
                credential.serial() + ", until " + credential.notAfter(),
                "The certificate is, byte for byte, one that was issued here by this enrollment.");
        String name = kept.registrationId().display();
        if (!kept.registrationId().equals(request.registrationId())) {
            Refusal refusal =
                    new Refusal.NameMismatch(name, request.registrationId().display());
            return new Finding.Disproved(refusal, BELIEVED, List.of(issued, Check.fail(name, refusal)));
        }
        Check named = Check.pass("name_matches", name, "The certificate was issued to the registration id.");
        return new Finding.Proved(
                credential.provedBy(),
                new Standing.ByCertificate(credential.serial(), credential.notAfter()),
                List.of(issued, named));
    }
}
