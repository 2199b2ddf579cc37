package io.muster.core.testkit;

import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.ledger.Certificates;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.TokenId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Believes whoever shows a certificate of [MemoryIssuer] that was committed, or the number of a token.
public final class HolderAttestor implements Attestor {

    private static final String CERTIFICATE = "certificate ";

    private final Certificates certificates;

    public HolderAttestor(Certificates certificates) {
        this.certificates = certificates;
    }

    @Override
    public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
        return request.evidence().stream()
                .flatMap(it -> examine(it, request).stream())
                .findFirst()
                .orElseGet(Finding.NotMine::new);
    }

    private Optional<Finding> examine(Evidence evidence, EnrollmentRequest request) {
        return switch (evidence) {
            case Evidence.CertificateChain chain -> shown(chain, request);
            case Evidence.OneTimeToken token ->
                request.certificate()
                        .map(CertificateRequest::key)
                        .map(key -> new Finding.Proved(
                                key,
                                new Standing.ByToken(TokenId.parse(token.text()).orElseThrow()),
                                List.of(Check.pass("token_known", "a token", "The token is this device's."))));
            case Evidence.SharedAccessSignature ignored -> Optional.empty();
            case Evidence.Ownership ignored -> Optional.empty();
            case Evidence.TpmChip ignored -> Optional.empty();
            case Evidence.TpmActivation ignored -> Optional.empty();
            case Evidence.TpmCertifiedKey ignored -> Optional.empty();
        };
    }

    private Optional<Finding> shown(Evidence.CertificateChain chain, EnrollmentRequest request) {
        String text = new String(chain.certificates().getFirst().toArray(), StandardCharsets.UTF_8);
        Serial serial = Serial.parse(text.substring(CERTIFICATE.length())).orElseThrow();
        return certificates
                .find(Sample.ACME.name(), serial)
                .filter(it -> it.registrationId().equals(request.registrationId()))
                .map(it -> new Finding.Proved(
                        it.credential().provedBy(),
                        new Standing.ByCertificate(serial, it.credential().notAfter()),
                        List.of(Check.pass("issued_here", serial.toString(), "It was issued here."))));
    }
}
