package io.muster.core.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attestation.Result;
import io.muster.core.device.Bytes;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.testkit.Sample;
import io.muster.core.testkit.WordAttestor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttestationTest {

    private static final EnrollmentRequest RED = Sample.request(Sample.PUMP_1, "red", "k1");
    private static final Enrollment RED_1 = Sample.group("red-1", "red");
    private static final Enrollment RED_2 = Sample.group("red-2", "red");
    private static final Enrollment BLUE = Sample.group("blue", "blue");

    private final Attestation attestation = new Attestation(List.of(new WordAttestor()));

    @Test
    void the_first_enabled_enrollment_that_is_proved_is_taken() {
        Attested attested = proved(Sample.recognized(RED, BLUE, RED_1, RED_2));
        assertThat(attested.enrollment()).isEqualTo(RED_1);
        assertThat(attested.key()).isEqualTo(Sample.key("k1"));
        assertThat(attested.checks()).extracting(Check::code).containsExactly("word_right");
    }

    @Test
    void an_enabled_enrollment_is_taken_before_a_disabled_one() {
        assertThat(proved(Sample.recognized(RED, Sample.disabled(RED_1), RED_2)).enrollment())
                .isEqualTo(RED_2);
    }

    @Test
    void a_disabled_enrollment_is_taken_where_no_enabled_one_is_proved() {
        Enrollment off = Sample.disabled(RED_1);
        assertThat(proved(Sample.recognized(RED, off, BLUE)).enrollment()).isEqualTo(off);
    }

    @Test
    void nothing_is_examined_after_an_enabled_enrollment_was_proved() {
        List<Enrollment> examined = new ArrayList<>();
        Attestor counting = (candidate, request, now) -> {
            examined.add(candidate);
            return new WordAttestor().examine(candidate, request, now);
        };
        new Attestation(List.of(counting)).attest(Sample.recognized(RED, RED_1, RED_2), Sample.NOW);
        assertThat(examined).containsExactly(RED_1);
    }

    @Test
    void the_candidate_with_which_the_evidence_came_furthest_explains_the_refusal() {
        Attestor scoring = (candidate, request, now) -> switch (candidate.name().value()) {
            case "red-1" -> disproved(new Refusal.AuthorityUnknown("x", "y"), 10);
            case "red-2" -> disproved(new Refusal.CertificateExpired("x", Sample.NOW), 80);
            default -> disproved(new Refusal.ChainIncomplete("x", "y"), 30);
        };
        Result result =
                new Attestation(List.of(scoring)).attest(Sample.recognized(RED, RED_1, RED_2, BLUE), Sample.NOW);
        assertThat(unproved(result).refusal()).isInstanceOf(Refusal.CertificateExpired.class);
        assertThat(unproved(result).checks()).extracting(Check::code).containsExactly("certificate_expired");
    }

    @Test
    void of_two_that_came_equally_far_the_first_explains() {
        Attestor scoring = (candidate, request, now) ->
                disproved(new Refusal.CertificateNotPinned(candidate.name().value()), 10);
        Result result = new Attestation(List.of(scoring)).attest(Sample.recognized(RED, RED_1, RED_2), Sample.NOW);
        assertThat(unproved(result).refusal()).isEqualTo(new Refusal.CertificateNotPinned("red-1"));
    }

    @Test
    void a_request_without_evidence_says_so_before_any_enrollment_is_examined() {
        EnrollmentRequest bare = with(List.of());
        assertThat(unproved(attestation.attest(Sample.recognized(bare, RED_1), Sample.NOW))
                        .refusal())
                .isEqualTo(new Refusal.EvidenceMissing());
    }

    @Test
    void where_no_group_takes_this_kind_of_evidence_the_device_is_not_enrolled() {
        EnrollmentRequest certificate = with(List.of(certificate()));
        assertThat(unproved(attestation.attest(Sample.recognized(certificate, RED_1, BLUE), Sample.NOW))
                        .refusal())
                .isEqualTo(new Refusal.NotEnrolled());
        assertThat(unproved(attestation.attest(Sample.recognized(certificate), Sample.NOW))
                        .refusal())
                .isEqualTo(new Refusal.NotEnrolled());
    }

    @Test
    void an_individual_that_shows_the_wrong_kind_of_evidence_is_told_which_kind_is_wanted() {
        Enrollment own = Sample.individual("own", Sample.PUMP_1, "red");
        EnrollmentRequest certificate = with(List.of(certificate()));
        Result.Unproved unproved = unproved(attestation.attest(Sample.recognized(certificate, own), Sample.NOW));
        assertThat(unproved.refusal())
                .isEqualTo(new Refusal.EvidenceMismatch("a client certificate", "a token signed with a symmetric key"));
        assertThat(unproved.checks()).extracting(Check::input).containsExactly("a client certificate");
    }

    @Test
    void the_time_of_the_request_reaches_every_attestor() {
        List<Instant> times = new ArrayList<>();
        Attestor noting = (candidate, request, now) -> {
            times.add(now);
            return new Attestor.Finding.NotMine();
        };
        new Attestation(List.of(noting, noting)).attest(Sample.recognized(RED, RED_1), Sample.NOW);
        assertThat(times).containsExactly(Sample.NOW, Sample.NOW);
    }

    private Attested proved(Recognized recognized) {
        Result result = attestation.attest(recognized, Sample.NOW);
        assertThat(result).isInstanceOf(Result.Proved.class);
        return ((Result.Proved) result).attested();
    }

    private static Result.Unproved unproved(Result result) {
        assertThat(result).isInstanceOf(Result.Unproved.class);
        return (Result.Unproved) result;
    }

    private static Attestor.Finding disproved(Refusal refusal, int progress) {
        return new Attestor.Finding.Disproved(refusal, progress, List.of(Check.fail("it", refusal)));
    }

    private static Evidence certificate() {
        return new Evidence.CertificateChain(List.of(Bytes.of(new byte[] {0x30, 0})));
    }

    private static EnrollmentRequest with(List<Evidence> evidence) {
        return new EnrollmentRequest(
                "test-door", Optional.of("acme"), Sample.PUMP_1, evidence, Optional.empty(), "192.0.2.7");
    }
}
