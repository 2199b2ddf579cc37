package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attestation;
import io.muster.core.attestation.Attestor;
import io.muster.core.attestation.Hardware;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.Challenge;
import io.muster.core.door.Change;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A challenge keeps nothing here: what is needed to judge its answer goes with the device.
class ChallengeTest {

    private static final Bytes OPAQUE = Bytes.of(new byte[] {1, 2, 3});
    private static final Bytes SECRET = Bytes.of(new byte[] {4, 5, 6});
    private static final EnrollmentRequest FIRST = Sample.request(Sample.PUMP_1, "red", "k1");
    private static final Evidence ANSWER = new Evidence.TpmActivation(OPAQUE, SECRET);

    private final Gatehouse house = new Gatehouse(Sample.PUMPS);
    private final Enroll enroll = new Enroll(
            house.roster,
            new Attestation(List.of(new Challenger())),
            house.ledger,
            house.operations,
            house.steps,
            house.history,
            house.clock);

    /// Believes whoever answers its challenge, and says that the requested key is in the same chip.
    private static final class Challenger implements Attestor {
        @Override
        public Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now) {
            if (!request.evidence().contains(ANSWER)) {
                return new Finding.Challenged(
                        new Challenge.Activate(OPAQUE, OPAQUE, OPAQUE), OPAQUE, now.plusSeconds(300), List.of());
            }
            Hardware hardware = new Hardware(request.certificate().map(CertificateRequest::key), Optional.of(SECRET));
            return new Finding.Proved(
                    IdentityKey.ofEndorsementKey(new byte[] {7}), new Standing.ByIdentity(), hardware, List.of());
        }
    }

    @Test
    void a_challenge_leaves_nothing_behind_however_many_are_never_answered() {
        for (int i = 0; i < 1_000; i++) {
            Outcome outcome = enroll.enroll(FIRST);
            assertThat(outcome).isInstanceOf(Outcome.Challenged.class);
            assertThat(((Outcome.Challenged) outcome).expiresAt()).isEqualTo(Sample.NOW.plusSeconds(300));
        }
        assertThat(house.ledger.acts()).isEmpty();
        assertThat(house.history.of(Sample.ACME.name(), Sample.PUMP_1, 10)).isEmpty();
    }

    @Test
    void the_same_answer_again_is_the_same_device_and_brings_its_wrapped_key() {
        EnrollmentRequest answer = Sample.showing(FIRST, ANSWER, Sample.csr("op-1"));
        Outcome.Enrolled first = (Outcome.Enrolled) enroll.enroll(answer);
        Outcome.Enrolled again = (Outcome.Enrolled) enroll.enroll(answer);
        assertThat(again.change()).isEqualTo(Change.UNCHANGED);
        assertThat(again.device()).isEqualTo(first.device());
        assertThat(again.issued()).isEqualTo(first.issued());
        assertThat(first.wrappedKey()).contains(SECRET);
    }

    @Test
    void a_key_that_is_proved_to_live_in_the_chip_is_ordered_as_such_and_no_other_is() {
        enroll.enroll(Sample.showing(FIRST, ANSWER, Sample.csr("op-1")));
        assertThat(house.issuer.orders().getLast().residentKey()).isTrue();
        house.enroll.enroll(Sample.asking(Sample.request(Sample.id("pump-2"), "red", "k2"), Sample.csr("op-2")));
        assertThat(house.issuer.orders().getLast().residentKey()).isFalse();
    }

    @Test
    void the_same_board_under_another_name_is_refused() {
        enroll.enroll(Sample.showing(FIRST, ANSWER, Sample.csr("op-1")));
        EnrollmentRequest other = Sample.request(Sample.id("pump-2"), "red", "k1");
        Outcome outcome = enroll.enroll(Sample.showing(other, ANSWER, Sample.csr("op-2")));
        assertThat(((Outcome.Refused) outcome).refusal()).isEqualTo(new Refusal.IdentityKeyTaken());
    }
}
