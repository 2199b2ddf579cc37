package io.muster.doors.aws;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Secret;
import io.muster.core.door.Admission;
import io.muster.core.door.Admitted;
import io.muster.core.door.Change;
import io.muster.core.door.ClaimId;
import io.muster.core.door.ClaimReception;
import io.muster.core.door.ConnectionRequest;
import io.muster.core.door.Creating;
import io.muster.core.door.CreationRequest;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Issued;
import io.muster.core.door.Parting;
import io.muster.core.door.Refusal;
import io.muster.core.door.Registering;
import io.muster.core.door.RegistrationRequest;
import io.muster.core.door.Stay;
import io.muster.core.permission.Rights;
import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Telemetry;
import io.muster.core.telemetry.TelemetryUnavailable;
import io.muster.doors.testkit.ObedientReception;
import io.muster.x509.testkit.TestAuthority;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// What is behind the door: says what it was told to, and remembers what it was asked.
final class ObedientPorts implements Admission, ClaimReception, Telemetry {

    static final Admitted CLAIMANT = new Admitted.Claimant(
            new Name("acme"), new Name("line-1"), new ClaimId(new UUID(5, 6)), "ab".repeat(32), 2);
    static final String TOKEN = "b3duZXI";
    static final Secret KEY = Secret.of(new byte[] {1, 2, 3});

    private static final TestAuthority.Issued LEAF = TestAuthority.root("Root").device("op-1");

    final List<ConnectionRequest> connections = new CopyOnWriteArrayList<>();
    final List<CreationRequest> creations = new CopyOnWriteArrayList<>();
    final List<RegistrationRequest> registrations = new CopyOnWriteArrayList<>();
    final List<Runnable> stays = new CopyOnWriteArrayList<>();
    final List<Parting> partings = new CopyOnWriteArrayList<>();
    final AtomicInteger heard = new AtomicInteger();
    final List<Message> messages = new CopyOnWriteArrayList<>();

    volatile Admitted admitted = CLAIMANT;
    volatile Optional<Refusal> refusal = Optional.empty();
    volatile boolean failing;
    volatile boolean full;

    static Admitted known() {
        return new Admitted.Known(
                ObedientReception.device(RegistrationId.parse("pump-1").orElseThrow()),
                new EnrollmentRequest(
                        "aws-mqtt",
                        Optional.empty(),
                        RegistrationId.parse("pump-1").orElseThrow(),
                        List.of(),
                        Optional.empty(),
                        "127.0.0.1"),
                new Rights.OwnTopics("dev-pump-1"));
    }

    static Admitted refused(Refusal refusal) {
        return new Admitted.Refused(ObedientReception.ATTEMPT, refusal);
    }

    @Override
    public Admitted admit(ConnectionRequest request) {
        connections.add(request);
        return admitted;
    }

    @Override
    public Stay stay(Admitted.Inside inside, Runnable ends) {
        stays.add(ends);
        return new Stay() {
            @Override
            public void heard() {
                heard.incrementAndGet();
            }

            @Override
            public void leave(Parting parting) {
                stays.remove(ends);
                partings.add(parting);
            }
        };
    }

    @Override
    public Creating create(CreationRequest request) {
        creations.add(request);
        if (failing) {
            throw new IllegalStateException("a fault with something secret in it");
        }
        Optional<Secret> key =
                request.wanted() instanceof CreationRequest.Wanted.WithKey ? Optional.of(KEY) : Optional.empty();
        return refusal.<Creating>map(it -> new Creating.Refused(ObedientReception.ATTEMPT, it))
                .orElseGet(() -> new Creating.Created(
                        LEAF.certificate().sha256(),
                        new Issued(LEAF.certificate(), List.of(), Instant.EPOCH, key),
                        TOKEN,
                        Instant.EPOCH));
    }

    static String leafPem() {
        return io.muster.doors.listener.forms.CertificateText.pem(List.of(LEAF.certificate()));
    }

    static String leafId() {
        return LEAF.certificate().sha256();
    }

    @Override
    public Registering register(RegistrationRequest request) {
        registrations.add(request);
        return refusal.<Registering>map(it -> new Registering.Refused(ObedientReception.ATTEMPT, it))
                .orElseGet(() -> new Registering.Registered(
                        ObedientReception.ATTEMPT,
                        ObedientReception.device(RegistrationId.parse("Pump-1").orElseThrow()),
                        Change.INITIAL,
                        Map.of("interval", "60", "broker", "eu")));
    }

    @Override
    public void accept(Message message) {
        if (full) {
            throw new TelemetryUnavailable("The disk is full.");
        }
        messages.add(message);
    }
}
