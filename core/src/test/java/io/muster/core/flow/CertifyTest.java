package io.muster.core.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.Credential.State;
import io.muster.core.device.Device;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Change;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Issued;
import io.muster.core.door.Outcome;
import io.muster.core.door.Refusal;
import io.muster.core.issuance.Issuer;
import io.muster.core.ledger.Act;
import io.muster.core.policy.Snapshot;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateTerms;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.TokenId;
import io.muster.core.testkit.Gatehouse;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CertifyTest {

    private static final EnrollmentRequest PUMP_1 = Sample.request(Sample.PUMP_1, "red", "k1");
    private static final TokenId TOKEN = new TokenId(UUID.fromString("00000000-0000-4000-8000-000000000001"));
    private static final Duration LIFE = Duration.ofDays(365);

    private final Gatehouse house = new Gatehouse(Sample.PUMPS);

    @Test
    void a_device_that_asks_for_a_certificate_gets_one_with_its_enrollment() {
        Outcome.Enrolled enrolled = enroll(asking("op-1"));
        assertThat(enrolled.change()).isEqualTo(Change.INITIAL);
        Credential credential = enrolled.device().currentCredential().orElseThrow();
        assertThat(credential.key()).isEqualTo(Sample.key("op-1"));
        assertThat(credential.provedBy()).isEqualTo(Sample.key("k1"));
        assertThat(issued(enrolled).certificate())
                .isEqualTo(house.ledger
                        .certificates()
                        .find(Sample.ACME.name(), credential.serial())
                        .orElseThrow()
                        .certificate());
        assertThat(house.ledger.attempts().getFirst().trace())
                .extracting(Check::code)
                .containsSubsequence("request_within_profile", "certificate_signed", "placed");
    }

    @Test
    void one_that_asks_for_none_gets_none() {
        assertThat(enroll(PUMP_1).issued()).isEmpty();
        assertThat(house.issuer.orders()).isEmpty();
    }

    @Test
    void the_same_key_gets_the_same_certificate_until_its_window_opens() {
        Outcome.Enrolled first = enroll(asking("op-1"));
        Outcome.Enrolled again = enroll(asking("op-1"));
        assertThat(again.change()).isEqualTo(Change.UNCHANGED);
        assertThat(issued(again)).isEqualTo(issued(first));
        house.clock.forward(LIFE.multipliedBy(2).dividedBy(3).plusDays(1));
        Outcome.Enrolled late = enroll(asking("op-1"));
        assertThat(late.change()).isEqualTo(Change.CERTIFIED);
        assertThat(issued(late).certificate()).isNotEqualTo(issued(first).certificate());
    }

    @Test
    void a_new_certificate_ends_the_old_one_only_when_it_is_used() {
        Outcome.Enrolled first = enroll(asking("op-1"));
        Outcome.Enrolled second = enroll(showing(first, "op-2"));
        assertThat(states(second.device())).containsExactly(State.CURRENT, State.REPLACED);
        assertThat(enroll(showing(first, "op-2")).change())
                .as("the answer was lost, the old certificate asks again")
                .isEqualTo(Change.UNCHANGED);

        Outcome.Enrolled used = enroll(showing(second, "op-2"));
        assertThat(states(used.device())).containsExactly(State.CURRENT, State.SUPERSEDED);
        assertThat(((Act.Enrolls) house.ledger.acts().getLast()).certification().ended())
                .extracting(Credential::serial)
                .containsExactly(
                        first.device().currentCredential().orElseThrow().serial());
        assertThat(refused(showing(first, "op-2"))).isInstanceOf(Refusal.CertificateSuperseded.class);
    }

    @Test
    void the_key_of_a_certificate_may_be_another_devices_no_more_than_an_identity_key_may() {
        enroll(asking("op-1"));
        EnrollmentRequest other = Sample.asking(Sample.request(Sample.id("pump-2"), "red", "k2"), Sample.csr("op-1"));
        assertThat(refused(other)).isEqualTo(new Refusal.RequestedKeyTaken());
        EnrollmentRequest foreign = Sample.asking(Sample.request(Sample.id("pump-2"), "red", "k2"), Sample.csr("k1"));
        assertThat(refused(foreign)).isEqualTo(new Refusal.RequestedKeyTaken());
    }

    @Test
    void what_the_issuer_refuses_leaves_the_device_as_it_was() {
        Outcome.Enrolled first = enroll(asking("op-1"));
        house.issuer.says(new Issuer.Result.Linted("cn_charset", "a space"));
        assertThat(refused(asking("op-2"))).isEqualTo(new Refusal.LintFailed("cn_charset", "a space"));
        assertThat(house.ledger.devices()).containsExactly(first.device());
        assertThat(house.ledger.attempts().getFirst().trace().getLast().code()).isEqualTo("lint_failed");
        house.issuer.says(new Issuer.Result.PossessionUnproved());
        assertThat(refused(asking("op-2"))).isEqualTo(new Refusal.PossessionUnproved());
    }

    @Test
    void a_renewal_needs_the_certificate_that_it_renews() {
        enroll(asking("op-1"));
        CertificateRequest renewal =
                Sample.csr(Purpose.RENEW, "op-2", Sample.asked("cn=pump-1", Optional.of("pump-1")));
        assertThat(refused(Sample.asking(PUMP_1, renewal))).isEqualTo(new Refusal.RenewalUnproved());
    }

    @Test
    void a_renewal_keeps_its_subject_unless_the_enrollment_lets_it_change() {
        Outcome.Enrolled first = enroll(asking("op-1"));
        CertificateRequest other =
                Sample.csr(Purpose.RENEW, "op-1", Sample.asked("cn=pump-1,o=other", Optional.of("pump-1")));
        assertThat(refused(Sample.showing(PUMP_1, certificate(first), other)))
                .isInstanceOf(Refusal.SubjectChanged.class);
        CertificateRequest announced = Sample.csr(Purpose.RENEW, "op-2", announcing("cn=pump-1,o=other"));
        assertThat(refused(Sample.showing(PUMP_1, certificate(first), announced)))
                .isInstanceOf(Refusal.SubjectChanged.class);
        house.roster
                .publish(on(
                        new CertificateTerms(CertificateProfile.STANDARD, Optional.empty(), Duration.ZERO, true, true)))
                .refresh();
        assertThat(enroll(Sample.showing(PUMP_1, certificate(first), announced)).change())
                .isNotEqualTo(Change.UNCHANGED);
    }

    @Test
    void a_new_key_at_a_renewal_can_be_forbidden() {
        house.roster
                .publish(on(new CertificateTerms(
                        CertificateProfile.STANDARD, Optional.of(Duration.ZERO), Duration.ZERO, false, false)))
                .refresh();
        Outcome.Enrolled first = enroll(asking("op-1"));
        assertThat(refused(showing(first, "op-2"))).isInstanceOf(Refusal.RekeyRefused.class);
        assertThat(issued(enroll(showing(first, "op-1"))).certificate())
                .as("the window is open at once")
                .isNotEqualTo(issued(first).certificate());
    }

    @Test
    void an_expired_certificate_renews_by_grace_and_with_the_same_key_alone() {
        Outcome.Enrolled first = enroll(asking("op-1"));
        house.clock.forward(LIFE.plusDays(2));
        assertThat(refused(showing(first, "op-1"))).isInstanceOf(Refusal.CertificateExpired.class);
        house.roster
                .publish(on(new CertificateTerms(
                        CertificateProfile.STANDARD, Optional.empty(), Duration.ofDays(3), true, false)))
                .refresh();
        assertThat(refused(showing(first, "op-2"))).isInstanceOf(Refusal.RekeyRefused.class);
        EnrollmentRequest elsewise = new EnrollmentRequest(
                PUMP_1.door(),
                PUMP_1.scope(),
                PUMP_1.registrationId(),
                List.of(certificate(first)),
                PUMP_1.payload(),
                PUMP_1.source());
        assertThat(refused(elsewise)).isInstanceOf(Refusal.CertificateExpired.class);
        assertThat(issued(enroll(showing(first, "op-1"))).certificate())
                .isNotEqualTo(issued(first).certificate());
    }

    @Test
    void a_token_is_burned_by_the_act_that_it_stands_on_and_a_lost_answer_is_no_crime() {
        Outcome.Enrolled first = enroll(token("op-1"));
        assertThat(first.device().identityKeys()).containsExactly(Sample.key("op-1"));
        assertThat(issued(enroll(token("op-1")))).isEqualTo(issued(first));
        assertThat(refused(token("op-2"))).isEqualTo(new Refusal.TokenSpent());
        assertThat(house.ledger.devices()).containsExactly(first.device());
    }

    @Test
    void a_token_that_has_a_use_left_permits_one_change_of_the_identity_key_and_never_silently() {
        house.ledger.uses(TOKEN, 2);
        Outcome.Enrolled first = enroll(token("op-1"));
        Outcome.Enrolled second = enroll(token("op-2"));
        assertThat(second.change()).isEqualTo(Change.REKEYED);
        assertThat(second.device().id()).isEqualTo(first.device().id());
        assertThat(states(second.device())).containsExactly(State.CURRENT, State.SUPERSEDED);
        assertThat(house.ledger.attempts().getFirst().trace())
                .extracting(Check::code)
                .contains("one_time_permit");
        assertThat(refused(showing(first, "op-1"))).isInstanceOf(Refusal.CertificateSuperseded.class);
    }

    @Test
    void a_deferred_request_is_certified_when_it_is_carried_out() {
        house.ledger.clock(new Snapshot.Clock.Untrusted(Duration.ofMinutes(9), "the database's clock"));
        Outcome deferred = house.enroll.enroll(token("op-1"));
        assertThat(deferred).isInstanceOf(Outcome.Deferred.class);
        house.ledger.clock(new Snapshot.Clock.Trusted());
        assertThat(house.drain.once()).isEqualTo(1);
        Device device = house.ledger.devices().getFirst();
        assertThat(device.currentCredential()).isPresent();
        assertThat(enroll(token("op-1")).device()).isEqualTo(device);
        assertThat(refused(token("op-2"))).isEqualTo(new Refusal.TokenSpent());
    }

    private static Enrollment on(CertificateTerms terms) {
        return Sample.treating(Sample.PUMPS, Sample.certificates(Sample.KEEP, terms));
    }

    private static CertificateRequest.Asked announcing(String subject) {
        CertificateRequest.Asked it = Sample.asked("cn=pump-1", Optional.of("pump-1"));
        return new CertificateRequest.Asked(
                it.subject(),
                it.subjectDer(),
                it.commonName(),
                it.names(),
                false,
                it.purposes(),
                Optional.of(subject),
                false);
    }

    private static EnrollmentRequest asking(String key) {
        return Sample.asking(PUMP_1, Sample.csr(key));
    }

    private static EnrollmentRequest token(String key) {
        return Sample.showing(PUMP_1, new Evidence.OneTimeToken(TOKEN.toString()), Sample.csr(key));
    }

    private static EnrollmentRequest showing(Outcome.Enrolled holder, String key) {
        return Sample.showing(PUMP_1, certificate(holder), Sample.csr(key));
    }

    private static Evidence certificate(Outcome.Enrolled holder) {
        Bytes leaf = issued(holder).certificate();
        return new Evidence.CertificateChain(List.of(leaf));
    }

    private static List<State> states(Device device) {
        return device.credentials().stream().map(Credential::state).toList();
    }

    private static Issued issued(Outcome.Enrolled enrolled) {
        return enrolled.issued().orElseThrow();
    }

    private Outcome.Enrolled enroll(EnrollmentRequest request) {
        Outcome outcome = house.enroll.enroll(request);
        assertThat(outcome).isInstanceOf(Outcome.Enrolled.class);
        return (Outcome.Enrolled) outcome;
    }

    private Refusal refused(EnrollmentRequest request) {
        Outcome outcome = house.enroll.enroll(request);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal();
    }
}
