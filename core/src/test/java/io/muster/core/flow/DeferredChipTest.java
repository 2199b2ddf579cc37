package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attestation;
import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Hardware;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Challenge;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence.SharedAccessSignature;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.core.door.OperationId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.policy.Snapshot;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A board with a TPM that has to wait gets what it would have got at once.
class DeferredChipTest {

    private static final Snapshot.Clock WRONG =
            new Snapshot.Clock.Untrusted(Duration.ofMinutes(6), "the database's clock");
    private static final RegistrationId BOARD_1 = Sample.id("board-1");
    private static final Enrollment BOARDS = new Enrollment(
            Sample.ACME.name(),
            Sample.PUMPS.name(),
            1,
            Optional.empty(),
            new Proof.TpmManufacturers(List.of(), List.of(), Set.of()),
            Sample.KEEP,
            true);

    private final Gatehouse house = new Gatehouse(BOARDS);
    private final Enroll enroll = new Enroll(
            house.roster,
            new Attestation(List.of(new TokenKeys())),
            house.ledger,
            house.operations,
            house.steps,
            house.history,
            house.clock);

    /// Believes a chip that signs a token with its own endorsement key's name, and wraps a key for it.
    private static final class TokenKeys implements Attestor {
        @Override
        public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
            Optional<TpmChip> chip = request.first(TpmChip.class);
            if (chip.isEmpty()) {
                return new Finding.NotMine();
            }
            Bytes key = chip.get().endorsementKey();
            Optional<SharedAccessSignature> token = request.first(SharedAccessSignature.class);
            if (token.isEmpty()) {
                return new Finding.Challenged(new Challenge.ImportTokenKey(key), key, now, List.of());
            }
            return token.get().token().equals(text(key))
                    ? new Finding.Proved(
                            IdentityKey.ofEndorsementKey(key.toArray()),
                            new Standing.ByIdentity(),
                            new Hardware(request.certificate().map(CertificateRequest::key), Optional.of(key)),
                            List.of())
                    : new Finding.Disproved(new Refusal.TokenSignatureWrong(), 50, List.of());
        }
    }

    @Test
    void a_key_that_is_proved_to_live_in_the_chip_is_ordered_as_such_after_a_wait() {
        defer(asking(TpmChip.Role.ATTESTATION));
        house.drain.once();
        assertThat(house.issuer.orders()).singleElement().satisfies(order -> assertThat(order.residentKey())
                .isTrue());
    }

    @Test
    void a_key_that_is_not_is_not() {
        Gatehouse pumps = new Gatehouse(Sample.PUMPS);
        pumps.ledger.clock(WRONG);
        pumps.enroll.enroll(Sample.asking(Sample.request(Sample.PUMP_1, "red", "k1"), Sample.csr("op-1")));
        pumps.ledger.clock(new Snapshot.Clock.Trusted());
        pumps.drain.once();
        assertThat(pumps.issuer.orders()).singleElement().satisfies(order -> assertThat(order.residentKey())
                .isFalse());
    }

    @Test
    void a_board_that_asks_with_its_token_alone_is_recognized_by_the_chip_that_it_showed() {
        OperationId id = defer(asking(TpmChip.Role.STORAGE_ROOT));
        assertThat(enroll.status(asking("board-1"), id)).isInstanceOf(Outcome.Deferred.class);
        house.drain.once();
        Outcome drained = enroll.status(asking("board-1"), id);
        Outcome direct = enroll.enroll(asking(TpmChip.Role.STORAGE_ROOT));
        assertThat(drained).isInstanceOfSatisfying(Outcome.Enrolled.class, it -> {
            assertThat(it.wrappedKey()).contains(bytes("board-1"));
            assertThat(it.device()).isEqualTo(((Outcome.Enrolled) direct).device());
            assertThat(it.issued()).isEqualTo(((Outcome.Enrolled) direct).issued());
        });
    }

    @Test
    void the_chip_that_was_shown_proves_nothing_by_itself() {
        OperationId id = defer(asking(TpmChip.Role.STORAGE_ROOT));
        house.drain.once();
        Outcome stranger = enroll.status(asking("board-2"), id);
        assertThat(((Outcome.Refused) stranger).refusal()).isEqualTo(new Refusal.TokenSignatureWrong());
        Outcome unknown = enroll.status(asking("board-1"), OperationId.random());
        assertThat(((Outcome.Refused) unknown).refusal()).isEqualTo(new Refusal.NotEnrolled());
    }

    private OperationId defer(EnrollmentRequest request) {
        house.ledger.clock(WRONG);
        Outcome outcome = enroll.enroll(request);
        house.ledger.clock(new Snapshot.Clock.Trusted());
        return ((Outcome.Deferred) outcome).operation();
    }

    private static EnrollmentRequest asking(TpmChip.Role role) {
        TpmChip chip = new TpmChip(bytes("board-1"), Optional.empty(), bytes("another key"), role);
        return Sample.asking(asking("board-1"), Sample.csr("op-1")).showing(chip);
    }

    private static EnrollmentRequest asking(String key) {
        return new EnrollmentRequest(
                "test-door",
                Optional.of(Sample.ACME.name().value()),
                BOARD_1,
                List.of(new SharedAccessSignature(key, "")),
                Optional.empty(),
                "192.0.2.1");
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Bytes key) {
        return new String(key.toArray(), StandardCharsets.UTF_8);
    }
}
