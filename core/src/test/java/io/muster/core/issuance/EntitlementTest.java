package io.muster.core.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.AlternativeName;
import io.muster.core.door.CertificateRequest.Asked;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;
import io.muster.core.policy.Policy;
import io.muster.core.policy.Snapshot;
import io.muster.core.policy.Verdict;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateProfile.SubjectRule;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.testkit.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntitlementTest {

    private static final CertificateProfile STANDARD = CertificateProfile.standard(Sample.ACME.name());

    @Test
    void a_request_that_asks_for_nothing_but_its_name_is_granted() {
        assertThat(decide(asked(List.of(), false, Set.of()))).isInstanceOf(Entitlement.Fresh.class);
    }

    @Test
    void nobody_becomes_an_authority_by_asking() {
        assertThat(refusal(asked(List.of(), true, Set.of()))).isInstanceOf(Refusal.RequestExceedsProfile.class);
    }

    @Test
    void a_purpose_beyond_the_profile_is_refused_and_one_within_it_is_not() {
        assertThat(refusal(asked(List.of(), false, Set.of(CertificateProfile.SERVER_AUTHENTICATION))))
                .isInstanceOf(Refusal.RequestExceedsProfile.class);
        assertThat(decide(asked(List.of(), false, Set.of(CertificateProfile.CLIENT_AUTHENTICATION))))
                .isInstanceOf(Entitlement.Fresh.class);
    }

    @Test
    void a_wildcard_and_another_devices_name_are_refused() {
        assertThat(refusal(named(AlternativeName.Kind.DNS, "*.example.com")))
                .isInstanceOf(Refusal.RequestedNameForbidden.class);
        assertThat(refusal(named(AlternativeName.Kind.URI, "urn:muster:acme:PUMP-2")))
                .isInstanceOf(Refusal.RequestedNameForbidden.class);
    }

    @Test
    void another_name_is_ignored_and_its_own_is_its_own() {
        assertThat(decide(named(AlternativeName.Kind.DNS, "anything.example.com")))
                .isInstanceOf(Entitlement.Fresh.class);
        assertThat(decide(named(AlternativeName.Kind.URI, "urn:muster:acme:PUMP-1")))
                .isInstanceOf(Entitlement.Fresh.class);
    }

    @Test
    void a_request_for_another_identity_is_refused() {
        Asked other = Sample.asked("cn=pump-2", Optional.of("pump-2"));
        assertThat(refusal(other)).isEqualTo(new Refusal.RequestForOtherName("pump-2", "pump-1"));
        Asked sameWithoutCase = Sample.asked("cn=pump-1", Optional.of("PUMP-1"));
        assertThat(decide(sameWithoutCase)).isInstanceOf(Entitlement.Fresh.class);
        Asked unparsable = Sample.asked("cn=../pump-1", Optional.of("../pump-1"));
        assertThat(refusal(unparsable)).isInstanceOf(Refusal.RequestForOtherName.class);
    }

    @Test
    void a_request_that_is_linked_to_its_connection_is_refused_as_what_it_is() {
        Asked it = asked(List.of(), false, Set.of());
        Asked linked = new Asked(
                it.subject(),
                it.subjectDer(),
                it.commonName(),
                it.names(),
                false,
                it.purposes(),
                Optional.empty(),
                true);
        assertThat(refusal(linked)).isEqualTo(new Refusal.ProofLinkUnsupported());
    }

    @Test
    void only_the_kinds_of_key_of_the_profile_are_certified() {
        CertificateProfile profile = profile(Set.of(KeyAlgorithm.P384, KeyAlgorithm.RSA), true);
        Entitlement decided = Entitlement.decide(permit(profile, Sample.nothing()), Sample.csr("op-1"));
        assertThat(((Entitlement.Refused) decided).refusal())
                .isEqualTo(new Refusal.RequestedKeyNotServed("P256", "P384, RSA"));
    }

    @Test
    void the_server_makes_keys_only_where_the_profile_says_so() {
        CertificateRequest request = Sample.csr(Purpose.GENERATE_KEY, "op-1", Sample.asked("", Optional.empty()));
        assertThat(Entitlement.decide(permit(profile(Set.of(KeyAlgorithm.P256), true), Sample.nothing()), request))
                .isInstanceOf(Entitlement.Fresh.class);
        Entitlement refused =
                Entitlement.decide(permit(profile(Set.of(KeyAlgorithm.P256), false), Sample.nothing()), request);
        assertThat(((Entitlement.Refused) refused).refusal()).isEqualTo(new Refusal.ServerKeyRefused("device@1"));
    }

    @Test
    void a_blocked_key_and_a_profile_that_is_gone_are_refused() {
        Snapshot nothing = Sample.nothing();
        Snapshot blocked = new Snapshot(
                nothing.byName(),
                nothing.keyHolder(),
                false,
                false,
                new Snapshot.RequestedKey(Optional.empty(), true),
                nothing.clock(),
                nothing.now());
        assertThat(((Entitlement.Refused) Entitlement.decide(permit(STANDARD, blocked), Sample.csr("op-1"))).refusal())
                .isInstanceOf(Refusal.Blocked.class);
        Verdict.Permit permit = permit(STANDARD, nothing);
        Recognized of = permit.attested().recognized();
        Recognized bare =
                new Recognized(of.request(), of.tenant(), of.candidates(), of.hubs(), List.of(), of.edition());
        Verdict.Permit without = (Verdict.Permit) Policy.decide(Sample.attested(bare, "k1"), nothing);
        assertThat(((Entitlement.Refused) Entitlement.decide(without, Sample.csr("op-1"))).refusal())
                .isEqualTo(new Refusal.ProfileMissing("device"));
    }

    private static CertificateProfile profile(Set<KeyAlgorithm> algorithms, boolean serverKeys) {
        return new CertificateProfile(
                STANDARD.tenant(),
                STANDARD.name(),
                1,
                Duration.ofDays(30),
                STANDARD.backdating(),
                algorithms,
                STANDARD.keyUsages(),
                STANDARD.purposes(),
                SubjectRule.IDENTITY,
                STANDARD.alternativeNames(),
                serverKeys);
    }

    private static Verdict.Permit permit(CertificateProfile profile, Snapshot snapshot) {
        EnrollmentRequest request = Sample.request(Sample.PUMP_1, "red", "k1");
        Recognized of = Sample.recognized(request, Sample.PUMPS);
        Recognized recognized =
                new Recognized(request, of.tenant(), of.candidates(), of.hubs(), List.of(profile), of.edition());
        return (Verdict.Permit) Policy.decide(Sample.attested(recognized, "k1"), snapshot);
    }

    private static Entitlement decide(Asked asked) {
        return Entitlement.decide(permit(STANDARD, Sample.nothing()), Sample.csr(Purpose.ENROLL, "op-1", asked));
    }

    private static Refusal refusal(Asked asked) {
        return ((Entitlement.Refused) decide(asked)).refusal();
    }

    private static Asked named(AlternativeName.Kind kind, String value) {
        return asked(List.of(new AlternativeName(kind, value)), false, Set.of());
    }

    private static Asked asked(List<AlternativeName> names, boolean authority, Set<String> purposes) {
        return new Asked(
                "cn=pump-1",
                Bytes.of(new byte[0]),
                Optional.of("pump-1"),
                names,
                authority,
                purposes,
                Optional.empty(),
                false);
    }
}
