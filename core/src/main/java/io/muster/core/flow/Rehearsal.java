package io.muster.core.flow;

import io.muster.core.attestation.Attestation;
import io.muster.core.attestation.Attested;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Problem;
import io.muster.core.door.Refusal;
import io.muster.core.flow.Foretold.Decided;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempt.Result;
import io.muster.core.ledger.Ground;
import io.muster.core.ledger.Insight;
import io.muster.core.ledger.Precedents;
import io.muster.core.policy.FactsReader;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Recognition;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Roster;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Decides without effect: a device that is thought up, a try that was recorded, every try that a change of an
/// enrollment would touch. It walks the steps of an enrollment up to where something would be written; no token burns,
/// no serial number is drawn, no attempt is kept.
public final class Rehearsal {

    /// The door of samples, for their traces.
    private static final String DOOR = "rehearsal";

    private static final int PAGE = 500;

    private final Roster roster;
    private final Attestation attestation;
    private final Insight ledger;
    private final Archive archive;
    private final FactsReader facts;
    private final InstantSource clock;

    /// @param facts reads what devices say of themselves
    public Rehearsal(
            Roster roster,
            Attestation attestation,
            Insight ledger,
            Archive archive,
            FactsReader facts,
            InstantSource clock) {
        this.roster = roster;
        this.attestation = attestation;
        this.ledger = ledger;
        this.archive = archive;
        this.facts = facts;
        this.clock = clock;
    }

    /// What would become of a device, did it come to this enrollment now.
    public Foretold test(Enrollment enrollment, SampleDevice sample) {
        EnrollmentRequest request = new EnrollmentRequest(
                DOOR,
                Optional.of(enrollment.tenant().value()),
                Optional.of(enrollment.name()),
                sample.registrationId(),
                evidence(sample.shown()),
                sample.certificate(),
                sample.payload(),
                "");
        return switch (roster.recognize(request)) {
            case Recognition.Unrecognized it -> refused(it.refusal(), List.of());
            case Recognized recognized ->
                switch (sample.shown()) {
                    case SampleDevice.Shown.Chain ignored -> attested(recognized);
                    case SampleDevice.Shown.Assumed it -> assumed(recognized, enrollment.name(), it);
                };
        };
    }

    /// A recorded try again, by the version that decided it and by what there is today. Empty where no such try is
    /// kept.
    public Optional<Retried> retry(Name tenant, AttemptId id) {
        return archive.attempts().find(tenant, id).map(attempt -> attempt.ground()
                .map(ground -> retry(attempt, ground))
                .orElseGet(() -> new Retried.Impossible(attempt, impossible(attempt))));
    }

    private Retried retry(Attempt attempt, Ground ground) {
        Past past = new Past(archive.versions(), attempt.tenant());
        Replay replay = new Replay(past, facts);
        EnrollmentRequest request = new Standins(attempt, ground).request();
        Origin origin = attempt.origin().orElseThrow();
        return switch (roster.recognize(request)) {
            case Recognition.Unrecognized it ->
                new Retried.Impossible(attempt, Problem.of(it.refusal()).detail());
            case Recognized now -> {
                List<Enrollment> then = past.version(origin).stream().toList();
                yield new Retried.Again(
                        attempt, replay.decide(attempt, ground, among(now, then)), replay.decide(attempt, ground, now));
            }
        };
    }

    private static String impossible(Attempt attempt) {
        return switch (attempt.result()) {
            case DEFERRED ->
                "The try was deferred: nothing was decided then. What it came to stands in a later attempt.";
            case ACCEPTED, REFUSED ->
                attempt.origin().isEmpty()
                        ? "The caller proved nothing: its evidence is not kept, and there is nothing to decide on."
                        : "Nothing was decided by it, or a version of Muster recorded it that did not keep what the"
                                + " decision rested on.";
        };
    }

    /// How far one look may go.
    ///
    /// @param attempts most tries
    /// @param listed   most flips and moves that are listed one by one
    public record Bounds(int attempts, int listed, Duration time) {}

    /// What a changed enrollment would have made of the tries that the enrollment decided. Where the bounds end it,
    /// the result says where to go on.
    ///
    /// @param changed the version after the present one, as it would be
    public Difference diff(Enrollment changed, Instant since, Optional<Precedents.Place> from, Bounds bounds) {
        Instant deadline = clock.instant().plus(bounds.time());
        Comparison comparison = Comparison.of(changed, roster, archive.versions(), facts, bounds.listed());
        Optional<Precedents.Place> place = from;
        do {
            int limit = (int) Math.min(PAGE, bounds.attempts() - comparison.counted());
            Precedents.Page page = archive.precedents().of(changed.tenant(), changed.name(), since, place, limit);
            page.attempts().forEach(comparison::add);
            place = page.next();
        } while (place.isPresent()
                && comparison.counted() < bounds.attempts()
                && clock.instant().isBefore(deadline));
        return comparison.upTo(place);
    }

    private static Recognized among(Recognized recognized, List<Enrollment> candidates) {
        return new Recognized(
                recognized.request(),
                recognized.tenant(),
                candidates,
                recognized.hubs(),
                recognized.profiles(),
                recognized.edition());
    }

    private Foretold attested(Recognized recognized) {
        return switch (attestation.attest(recognized, clock.instant())) {
            case Attestation.Result.Proved it -> decided(it.attested());
            case Attestation.Result.Unproved it -> refused(it.refusal(), it.checks());
            case Attestation.Result.Challenged it ->
                new Decided(
                        Result.DEFERRED,
                        "challenged",
                        Optional.empty(),
                        Optional.empty(),
                        it.challenge().checks());
        };
    }

    private Foretold decided(Attested attested) {
        return Rehearsed.of(attested, Settlement.look(ledger, facts, attested, clock.instant()), Optional.empty());
    }

    private Foretold assumed(Recognized recognized, Name enrollment, SampleDevice.Shown.Assumed shown) {
        Optional<Enrollment> candidate = recognized.candidates().stream()
                .filter(it -> it.name().equals(enrollment))
                .findFirst();
        return candidate
                .map(it -> new Assumption(it, recognized, shown.newKey()))
                .map(it -> it.attested(ledger, clock.instant())
                        .map(this::decided)
                        .orElseGet(() -> refused(new Refusal.CertificateRequestMissing(), List.of())))
                .orElseGet(() -> refused(new Refusal.NotEnrolled(), List.of()));
    }

    private static List<Evidence> evidence(SampleDevice.Shown shown) {
        return switch (shown) {
            case SampleDevice.Shown.Chain it -> List.of(new Evidence.CertificateChain(it.certificates()));
            case SampleDevice.Shown.Assumed ignored -> List.of();
        };
    }

    private static Foretold refused(Refusal refusal, List<Check> checks) {
        List<Check> trace = checks.isEmpty() ? List.of(Check.fail("the sample", refusal)) : checks;
        return new Decided(Result.REFUSED, Problem.of(refusal).code(), Optional.empty(), Optional.empty(), trace);
    }
}
