package io.muster.store;

import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Standing;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Certificates;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.OneTimeToken;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Tokens.Found;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Believes what a device shows: the name of its key, the text of a token, or the serial number of a certificate
/// that it has, or that a claim created.
final class Believing implements Attestor {

    private final Store store;

    Believing(Store store) {
        this.store = store;
    }

    @Override
    public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
        return switch (request.evidence().getFirst()) {
            case Evidence.SharedAccessSignature shown ->
                candidate.proof() instanceof Proof.SymmetricKeys
                        ? proved(Scene.key(shown.token()), new Standing.ByIdentity())
                        : new Finding.NotMine();
            case Evidence.OneTimeToken shown ->
                candidate.proof() instanceof Proof.OneTimeTokens
                        ? token(candidate, request, shown)
                        : new Finding.NotMine();
            case Evidence.CertificateChain shown -> certificate(candidate, shown);
            case Evidence.TpmChip shown ->
                candidate.proof() instanceof Proof.TpmManufacturers
                        ? proved(
                                IdentityKey.ofEndorsementKey(
                                        shown.endorsementKey().toArray()),
                                new Standing.ByIdentity())
                        : new Finding.NotMine();
            case Evidence.Ownership shown ->
                candidate.proof() instanceof Proof.Claims ? created(candidate, shown) : new Finding.NotMine();
            case Evidence.TpmActivation ignored -> new Finding.NotMine();
            case Evidence.TpmCertifiedKey ignored -> new Finding.NotMine();
        };
    }

    private Finding token(Enrollment candidate, EnrollmentRequest request, Evidence.OneTimeToken shown) {
        IdentityKey key = request.certificate().map(CertificateRequest::key).orElseThrow();
        Optional<Found> found = store.tokens().find(candidate.tenant(), shown.text(), key);
        if (found.isEmpty()) {
            return refused(new Refusal.TokenUnknown());
        }
        OneTimeToken token = found.get().token();
        boolean left = !token.revoked() && token.spent() < token.uses();
        return left || found.get().used()
                ? proved(key, new Standing.ByToken(token.id()))
                : refused(token.revoked() ? new Refusal.TokenRevoked() : new Refusal.TokenSpent());
    }

    private Finding certificate(Enrollment candidate, Evidence.CertificateChain shown) {
        String hex = new String(shown.certificates().getFirst().toArray(), StandardCharsets.UTF_8);
        Optional<Certificates.Kept> kept =
                store.certificates().find(candidate.tenant(), Serial.parse(hex).orElseThrow());
        return kept.filter(it -> it.enrollment().equals(candidate.name()))
                .<Finding>map(it -> proved(
                        it.credential().provedBy(),
                        new Standing.ByCertificate(
                                it.credential().serial(), it.credential().notAfter())))
                .orElseGet(Finding.NotMine::new);
    }

    private Finding created(Enrollment candidate, Evidence.Ownership shown) {
        return store.creations()
                .find(candidate.tenant(), Serial.parse(shown.token()).orElseThrow())
                .map(it -> proved(
                        it.credential().key(),
                        new Standing.ByCreation(it.credential().serial())))
                .orElseGet(() -> refused(new Refusal.OwnershipTokenInvalid()));
    }

    private static Finding proved(IdentityKey key, Standing standing) {
        return new Finding.Proved(key, standing, List.of(Check.pass("believed", "a name", "Tests believe.")));
    }

    private static Finding refused(Refusal refusal) {
        return new Finding.Disproved(refusal, 50, List.of(Check.fail("a token", refusal)));
    }
}
