package io.muster.core.flow;

import io.muster.core.attestation.Attested;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Contest;
import io.muster.core.ledger.Contest.Place;
import io.muster.core.ledger.Contests;
import io.muster.core.ledger.Contests.Raised;
import io.muster.core.ledger.Ledger;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Notices that an identity key is in two places at once: proved under two names, or from two networks in a short
/// time. It decides nothing; operators learn of it, at most once for a device in that time.
public final class TwoPlaces {

    static final String CODE = "identity_key_contested";

    private final Ledger ledger;
    private final Contests contests;
    private final Duration window;

    /// @param window within it, two networks are two places, and one event is enough
    public TwoPlaces(Ledger ledger, Contests contests, Duration window) {
        this.ledger = ledger;
        this.contests = contests;
        this.window = window;
    }

    /// What was noticed.
    sealed interface Noticed {

        record Nothing() implements Noticed {}

        /// @param line   for the trace of the try
        /// @param device as it is now
        record Contested(Check line, Device device) implements Noticed {}

        /// The device has changed since it was read.
        record Moved(String what) implements Noticed {}
    }

    /// A try that is refused because another device has its identity key. A former key of a device is nobody's to
    /// contest: boards are repaired and used again.
    Noticed underOtherName(Attested attested, Snapshot snapshot) {
        Name tenant = attested.enrollment().tenant();
        return snapshot.keyHolder()
                .flatMap(holder -> ledger.look(tenant, holder, attested.key(), Optional.empty(), snapshot.now())
                        .byName())
                .filter(device -> device.identityKeys().contains(attested.key()))
                .map(device -> raise(device, attested, snapshot.now()))
                .orElseGet(Noticed.Nothing::new);
    }

    /// A try that is accepted: the device of that name, by its own key. A symmetric key is no device's alone, and
    /// what was issued here is watched by its serial number.
    Noticed fromOtherNetwork(Verdict.Permit permit) {
        Attested attested = permit.attested();
        boolean watched = !permit.rekeyed()
                && attested.key().kind() != IdentityKey.Kind.SYMMETRIC
                && attested.shown() instanceof Standing.ByIdentity;
        Instant now = permit.snapshot().now();
        return permit.known()
                .filter(ignored -> watched)
                .flatMap(device -> contests.lastPlace(device, now.minus(window))
                        .filter(before -> SourceNetwork.apart(
                                before.source(), attested.request().source()))
                        .map(before -> raise(device, before, attested, now)))
                .orElseGet(Noticed.Nothing::new);
    }

    private Noticed raise(Device device, Attested attested, Instant now) {
        EnrollmentRequest request = attested.request();
        Optional<Place> before = contests.lastPlace(device, now.minus(window));
        Contest contest = new Contest(
                UUID.randomUUID(),
                device,
                attested.key(),
                here(request, now),
                before,
                Optional.of(told(device, attested, now)),
                now);
        return raise(
                contest,
                shown(request),
                "A device of another name has this identity key: it was renamed, or its key is in a second place.");
    }

    private Noticed raise(Device device, Place before, Attested attested, Instant now) {
        EnrollmentRequest request = attested.request();
        Contest contest = new Contest(
                UUID.randomUUID(),
                device,
                attested.key(),
                here(request, now),
                Optional.of(before),
                Optional.empty(),
                now);
        long seconds = Duration.between(before.at(), now).toSeconds();
        return raise(
                contest,
                "from " + request.source() + ", " + seconds + " s after " + before.source(),
                "The same key came from two networks: the device moved, or its key is in a second place.");
    }

    private Noticed raise(Contest contest, String input, String rule) {
        return switch (contests.raise(contest, contest.at().minus(window))) {
            case Raised.Written it ->
                new Noticed.Contested(
                        Check.note(CODE, input, rule + " An event of that device tells its operators."), it.device());
            case Raised.Already() ->
                new Noticed.Contested(
                        Check.note(CODE, input, rule + " An event of that device has told its operators already."),
                        contest.device());
            case Raised.Moved it -> new Noticed.Moved(it.what());
        };
    }

    /// What the device's own operators read: the try was made under another name, where they would not look.
    private Attempt told(Device device, Attested attested, Instant now) {
        RegistrationId name = device.registrationId();
        Check check = new Check(
                CODE,
                shown(attested.request()),
                Check.Verdict.FAIL,
                "The identity key of this device was proved under another name, and the try was refused.",
                "If nobody renamed the device, a second place has its key: find it, and give the device a new key.");
        return new Attempt(
                ledger.attemptId(device.tenant(), name, now),
                device.tenant(),
                name,
                now,
                Optional.of(attested.enrollment().origin()),
                Attempt.Result.REFUSED,
                CODE,
                List.of(check),
                attested.request().door(),
                attested.request().source());
    }

    private static Place here(EnrollmentRequest request, Instant now) {
        return new Place(request.registrationId(), request.source(), request.door(), now);
    }

    private static String shown(EnrollmentRequest request) {
        return request.registrationId().display() + " from " + request.source();
    }
}
