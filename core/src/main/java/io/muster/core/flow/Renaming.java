package io.muster.core.flow;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Offer;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.PresentedCertificate;
import io.muster.core.door.PresentedReader;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.core.issuance.Issuer;
import io.muster.core.ledger.Certificates;
import io.muster.core.ledger.Certificates.Kept;
import io.muster.core.ledger.LedgerUnavailable;
import java.util.Optional;
import java.util.function.Function;

/// Calls a device by its name where its certificate cannot: one that a claim created was signed before its device had
/// a name, and calls itself by its serial number. Nothing is believed for it: the attestor compares the certificate.
public final class Renaming implements Reception {

    private static final System.Logger log = System.getLogger(Renaming.class.getName());

    private final Reception reception;
    private final Issuer issuer;
    private final Certificates certificates;
    private final PresentedReader reader;

    /// @param issuer knows whose each issuing authority is
    public Renaming(Reception reception, Issuer issuer, Certificates certificates, PresentedReader reader) {
        this.reception = reception;
        this.issuer = issuer;
        this.certificates = certificates;
        this.reader = reader;
    }

    @Override
    public Outcome enroll(EnrollmentRequest request) {
        return named(request, reception::enroll);
    }

    @Override
    public Outcome status(EnrollmentRequest request, OperationId operation) {
        return named(request, it -> reception.status(it, operation));
    }

    @Override
    public Outcome lookUp(EnrollmentRequest request) {
        return named(request, reception::lookUp);
    }

    @Override
    public Outcome identify(EnrollmentRequest request) {
        return named(request, reception::identify);
    }

    @Override
    public Optional<Outcome.Refused> greet(EnrollmentRequest request) {
        return reception.greet(request);
    }

    @Override
    public Offer offer(Optional<String> scope, Optional<Name> enrollment) {
        return reception.offer(scope, enrollment);
    }

    @Override
    public Outcome.Refused turnAway(String door, Refusal refusal, String source) {
        return reception.turnAway(door, refusal, source);
    }

    private Outcome named(EnrollmentRequest request, Function<EnrollmentRequest, Outcome> then) {
        try {
            return then.apply(name(request).map(request::named).orElse(request));
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.WARNING, "The ledger is unavailable: " + e.getMessage());
            return turnAway(request.door(), new Refusal.Unavailable("The ledger is unavailable."), request.source());
        }
    }

    private Optional<RegistrationId> name(EnrollmentRequest request) {
        return Serial.parse(request.registrationId().canonical())
                .filter(Serial::created)
                .flatMap(ignored -> request.first(Evidence.CertificateChain.class))
                .flatMap(this::kept)
                .map(Kept::registrationId);
    }

    private Optional<Kept> kept(Evidence.CertificateChain chain) {
        return switch (reader.read(chain.certificates())) {
            case PresentedReader.Reading.Unreadable ignored -> Optional.empty();
            case PresentedReader.Reading.Read it ->
                kept(it.certificate(), chain.certificates().getFirst());
        };
    }

    private Optional<Kept> kept(PresentedCertificate shown, Bytes leaf) {
        Optional<Name> tenant = shown.authority().flatMap(issuer::tenant);
        return tenant.isEmpty()
                ? Optional.empty()
                : shown.serial()
                        .flatMap(serial -> certificates.find(tenant.get(), serial))
                        .filter(kept -> kept.certificate().equals(leaf));
    }
}
