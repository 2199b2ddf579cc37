package io.muster.doors.testkit;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Device.Assignment;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.DeviceId;
import io.muster.core.device.DeviceState;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Challenge;
import io.muster.core.door.Change;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Issued;
import io.muster.core.door.Offer;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// A reception that keeps what it was asked and answers what the test wants.
public final class ObedientReception implements Reception {

    public static final AttemptId ATTEMPT = new AttemptId(new UUID(1, 2));
    public static final Instant CREATED = Instant.parse("2026-05-04T03:02:01Z");
    public static final Instant UPDATED = Instant.parse("2026-06-05T04:03:02.123456789Z");

    public static final Bytes CONTINUATION = Bytes.of(new byte[] {9, 8, 7});
    public static final Instant EXPIRES = Instant.parse("2026-06-05T04:08:02.123456789Z");

    private final List<EnrollmentRequest> asked = new CopyOnWriteArrayList<>();
    private final List<OperationId> operations = new CopyOnWriteArrayList<>();
    private final List<Refusal> turnedAway = new CopyOnWriteArrayList<>();
    private final List<Endpoint> offered = new CopyOnWriteArrayList<>();
    private final AtomicReference<Offer> offer = new AtomicReference<>(new Offer.Closed(new Refusal.UnknownTenant()));
    private final AtomicReference<Function<EnrollmentRequest, Outcome>> rule =
            new AtomicReference<>(request -> enrolled(request, Change.INITIAL, Optional.empty()));

    /// Whose endpoint somebody wanted to know about.
    public record Endpoint(Optional<String> scope, Optional<Name> enrollment) {}

    /// Offers this from now on.
    public void offer(Offer next) {
        offer.set(next);
    }

    public List<Endpoint> offered() {
        return offered;
    }

    /// Whether nobody has reached it, in any way.
    public boolean untouched() {
        return asked.isEmpty() && operations.isEmpty() && turnedAway.isEmpty() && offered.isEmpty();
    }

    /// Answers everything from now on as the rule says.
    public void answer(Function<EnrollmentRequest, Outcome> outcome) {
        rule.set(outcome);
    }

    public List<EnrollmentRequest> asked() {
        return asked;
    }

    public List<OperationId> operations() {
        return operations;
    }

    public List<Refusal> turnedAway() {
        return turnedAway;
    }

    /// Refused as the rule refuses, what is merely not registered apart.
    @Override
    public Optional<Outcome.Refused> greet(EnrollmentRequest request) {
        return rule.get().apply(request) instanceof Outcome.Refused refused
                        && !(refused.refusal() instanceof Refusal.NotRegistered)
                ? Optional.of(refused)
                : Optional.empty();
    }

    public static Outcome enrolled(EnrollmentRequest request, Change change, Optional<Json> payload) {
        return new Outcome.Enrolled(ATTEMPT, device(request.registrationId()), change, payload, Optional.empty());
    }

    public static Outcome certified(EnrollmentRequest request, Optional<Json> payload, Issued issued) {
        return new Outcome.Enrolled(
                ATTEMPT, device(request.registrationId()), Change.INITIAL, payload, Optional.of(issued));
    }

    public static Outcome challenged(Challenge challenge) {
        return new Outcome.Challenged(ATTEMPT, challenge, CONTINUATION, EXPIRES);
    }

    /// Enrolled with a key that only the device's TPM unwraps.
    public static Outcome wrapped(EnrollmentRequest request, Bytes key) {
        return new Outcome.Enrolled(
                ATTEMPT,
                device(request.registrationId()),
                Change.INITIAL,
                Optional.empty(),
                Optional.empty(),
                Optional.of(key));
    }

    public static Outcome refused(Refusal refusal) {
        return new Outcome.Refused(ATTEMPT, refusal, Optional.empty());
    }

    public static Device device(RegistrationId id) {
        return new Device(
                DeviceId.random(),
                new Name("acme"),
                id,
                "dev-" + id.canonical(),
                3,
                DeviceState.ENABLED,
                new Origin(new Name("pumps"), 1),
                Optional.of("pump"),
                List.of(IdentityKey.ofSymmetric(id)),
                new Assignment(new Name("eu-1"), new Name("eu"), "mqtts://eu-1.example.com:8883"),
                Optional.empty(),
                CREATED,
                UPDATED);
    }

    @Override
    public Outcome enroll(EnrollmentRequest request) {
        asked.add(request);
        return rule.get().apply(request);
    }

    @Override
    public Outcome status(EnrollmentRequest request, OperationId operation) {
        operations.add(operation);
        return enroll(request);
    }

    @Override
    public Outcome lookUp(EnrollmentRequest request) {
        return enroll(request);
    }

    @Override
    public Outcome identify(EnrollmentRequest request) {
        return enroll(request);
    }

    @Override
    public Offer offer(Optional<String> scope, Optional<Name> enrollment) {
        offered.add(new Endpoint(scope, enrollment));
        return offer.get();
    }

    @Override
    public Outcome.Refused turnAway(String door, Refusal refusal, String source) {
        turnedAway.add(refusal);
        return new Outcome.Refused(ATTEMPT, refusal, Optional.empty());
    }
}
