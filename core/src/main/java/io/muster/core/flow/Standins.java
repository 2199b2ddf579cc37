package io.muster.core.flow;

import io.muster.core.attestation.Standing;
import io.muster.core.connectivity.Hub;
import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Device;
import io.muster.core.device.Device.Assignment;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.DeviceId;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Json;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Ground;
import io.muster.core.policy.Snapshot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Makes what a decision is given out of what was kept of it. Where a rule only asks whether two things are equal,
/// something that is equal stands in for them, and something that is not.
final class Standins {

    private static final Bytes ASKED_KEY = text("the key that was asked for");
    private static final Bytes OTHER_KEY = text("another key");
    private static final IdentityKey ELSE = IdentityKey.ofPublicKey(OTHER_KEY.toArray());
    private static final RegistrationId SOMEBODY =
            RegistrationId.parse("somebody-else").orElseThrow();
    private static final Asked NOTHING_MORE =
            new Asked("", text(""), Optional.empty(), List.of(), false, Set.of(), Optional.empty(), false);

    private final Attempt attempt;
    private final Ground ground;

    Standins(Attempt attempt, Ground ground) {
        this.attempt = attempt;
        this.ground = ground;
    }

    /// The request, without its evidence.
    EnrollmentRequest request() {
        return new EnrollmentRequest(
                attempt.door(),
                Optional.of(attempt.tenant().value()),
                attempt.origin().map(Origin::enrollment).filter(ignored -> ground.named()),
                attempt.registrationId(),
                List.of(),
                ground.wish().map(Standins::request),
                Optional.empty(),
                attempt.source());
    }

    /// What was known, with the hubs as they are now.
    ///
    /// @param heard what comes of what it said of itself
    Snapshot snapshot(List<Hub> hubs, Reheard.Heard heard) {
        Ground.Known known = ground.known();
        return new Snapshot(
                known.device().map(it -> device(it, hubs, heard.before())),
                known.keyElsewhere() ? Optional.of(other()) : Optional.empty(),
                known.nameBlocked(),
                known.keyBlocked(),
                ground.wish()
                        .map(it -> new Snapshot.RequestedKey(
                                it.keyElsewhere() ? Optional.of(other()) : Optional.empty(), it.keyBlocked()))
                        .orElse(Snapshot.RequestedKey.FREE),
                new Snapshot.Clock.Trusted(),
                attempt.at(),
                heard.facts(),
                ground.advised());
    }

    private RegistrationId other() {
        return attempt.registrationId().equals(SOMEBODY)
                ? RegistrationId.parse("somebody").orElseThrow()
                : SOMEBODY;
    }

    private Device device(Ground.Before before, List<Hub> hubs, Optional<Json> facts) {
        Assignment assignment = hubs.stream()
                .filter(hub -> hub.name().equals(before.hub()))
                .findFirst()
                .map(Hub::assignment)
                .orElseGet(() -> new Assignment(before.hub(), before.hub(), ""));
        return new Device(
                new DeviceId(new UUID(0, 0)),
                attempt.tenant(),
                attempt.registrationId(),
                attempt.registrationId().canonical(),
                1,
                before.state(),
                new Origin(before.enrollment(), 1),
                before.type(),
                List.of(before.sameKey() ? ground.key() : ELSE),
                before.certificates().stream().map(this::credential).toList(),
                assignment,
                facts,
                attempt.at(),
                attempt.at());
    }

    private Credential credential(Ground.Held held) {
        Bytes key = held.askedKey() ? ASKED_KEY : OTHER_KEY;
        String subject = held.askedSubject()
                ? ground.wish().flatMap(Ground.Wish::asked).map(Asked::subject).orElse("")
                : "another subject";
        return new Credential(
                serial(held),
                IdentityKey.ofPublicKey(key.toArray()),
                ground.key(),
                subject,
                held.issuedAt(),
                held.notAfter(),
                "",
                0,
                held.state());
    }

    private Serial serial(Ground.Held held) {
        return held.shown() && ground.shown() instanceof Standing.ByCertificate shown
                ? shown.serial()
                : new Serial(Bytes.of(ByteBuffer.allocate(Serial.SIZE)
                        .put(Serial.MARK)
                        .putShort(Serial.SIZE - 2, (short) held.tail())
                        .array()));
    }

    private static CertificateRequest request(Ground.Wish wish) {
        return new CertificateRequest(
                wish.purpose(),
                text(""),
                ASKED_KEY,
                wish.algorithm(),
                wish.asked().orElse(NOTHING_MORE));
    }

    private static Bytes text(String words) {
        return Bytes.of(words.getBytes(StandardCharsets.UTF_8));
    }
}
