package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.GATES;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static io.muster.store.Scene.device;
import static io.muster.store.Scene.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.ledger.Ledger.Recorded;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateTerms;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Recognition;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Recognition.Unrecognized;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Roster;
import io.muster.core.roster.Roster.Endpoint;
import io.muster.core.roster.Tenant;
import io.muster.core.roster.Treatment;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RosterTest {

    private static final Name MINE = new Name("mine");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_tenant_has_the_standard_profile_and_those_that_are_made_in_their_newest_version(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Registrar registrar = store.registrar();
            CertificateProfile standard = CertificateProfile.standard(ACME);
            CertificateProfile second = WordIssuer.profile(2);
            assertThat(registrar.profiles(ACME)).containsExactly(standard);
            assertThat(registrar.profiles(new Name("other"))).isEmpty();
            assertThat(registrar.create(standard, OPERATOR)).isInstanceOf(Registered.Exists.class);
            assertThat(registrar.change(standard, OPERATOR)).isInstanceOf(Registered.Stale.class);
            assertThat(registrar.change(second, OPERATOR)).isEqualTo(new Registered.Done<>(second));
            assertThat(registrar.change(named(second, "other"), OPERATOR)).isInstanceOf(Registered.Missing.class);
            CertificateProfile other = named(CertificateProfile.standard(ACME), "other");
            assertThat(registrar.create(other, OPERATOR)).isEqualTo(new Registered.Done<>(other));

            assertThat(registrar.profiles(ACME)).containsExactly(second, other);
            assertThat(recognized(scene.node().roster(), Optional.empty()).profiles())
                    .containsExactly(second, other);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void an_enrollment_names_a_profile_that_is_there(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Registrar registrar = scene.furnished().registrar();
            Enrollment gates = Scene.gates(1);
            assertThat(registrar.create(profiled(gates, "missing"), OPERATOR))
                    .isEqualTo(new Registered.Missing<>("certificate profile missing"));
            assertThat(registrar.create(gates, OPERATOR)).isEqualTo(new Registered.Done<>(gates));
            assertThat(registrar.change(profiled(Scene.gates(2), "missing"), OPERATOR))
                    .isInstanceOf(Registered.Missing.class);
            assertThat(registrar.enrollment(ACME, GATES)).contains(gates);
        }
    }

    @Test
    void what_was_decided_by_an_old_profile_is_not_committed() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Device device = device(scene.enroll(other, "pump-1", "key-1"));
            Recognized before = recognized(other.roster(), Optional.empty());
            one.registrar().change(WordIssuer.profile(2), OPERATOR);

            assertThat(other.ledger().record(RaceTest.confirms(other, device, before)))
                    .isInstanceOfSatisfying(Recorded.Conflict.class, it -> assertThat(it.rosterStale())
                            .isTrue());
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void an_endpoint_tells_of_tenants_and_groups_and_of_no_individual(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().create(mine(), OPERATOR);
            Roster roster = store.roster();
            Tenant tenant = new Tenant(ACME, true);
            List<CertificateProfile> profiles = List.of(CertificateProfile.standard(ACME));

            assertThat(roster.endpoint(Optional.empty(), Optional.empty()))
                    .isEqualTo(new Endpoint.Open(tenant, Optional.empty(), profiles));
            assertThat(roster.endpoint(Optional.of("acme"), Optional.of(PUMPS)))
                    .isEqualTo(new Endpoint.Open(tenant, Optional.of(Scene.group(PUMPS, 1, true)), profiles));
            assertThat(roster.endpoint(Optional.of("acme"), Optional.of(MINE)))
                    .isEqualTo(new Endpoint.Nothing(new Refusal.NotEnrolled()));
            assertThat(roster.endpoint(Optional.of("acme"), Optional.of(GATES)))
                    .isEqualTo(new Endpoint.Nothing(new Refusal.NotEnrolled()));
            assertThat(roster.endpoint(Optional.of("other"), Optional.empty()))
                    .isEqualTo(new Endpoint.Nothing(new Refusal.UnknownTenant()));
            store.registrar().create(new Tenant(new Name("other"), true), OPERATOR);
            assertThat(roster.endpoint(Optional.empty(), Optional.empty()))
                    .isEqualTo(new Endpoint.Nothing(new Refusal.UnknownTenant()));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_caller_that_names_an_enrollment_is_taken_by_no_other(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().create(Scene.gates(1), OPERATOR);
            Roster roster = store.roster();
            assertThat(names(recognized(roster, Optional.empty()))).containsExactly(GATES, PUMPS);
            assertThat(names(recognized(roster, Optional.of(PUMPS)))).containsExactly(PUMPS);
            assertThat(names(recognized(roster, Optional.of(MINE)))).isEmpty();

            store.registrar().create(mine(), OPERATOR);
            assertThat(names(recognized(roster, Optional.empty()))).containsExactly(MINE);
            assertThat(names(recognized(roster, Optional.of(MINE)))).containsExactly(MINE);
            assertThat(names(recognized(roster, Optional.of(PUMPS)))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void nobody_is_refused_for_what_another_node_changed_a_moment_ago(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store other = scene.node();
            Store third = scene.node();
            Store one = scene.furnished();
            assertThat(other.roster().recognize(request(Optional.empty()))).isInstanceOf(Recognized.class);
            assertThat(third.tokens().list(ACME, Optional.empty(), 10)).isEmpty();
            assertThat(third.roster().endpoint(Optional.of("acme"), Optional.of(PUMPS)))
                    .isInstanceOf(Endpoint.Open.class);
            one.registrar().change(Scene.group(PUMPS, 2, false), OPERATOR);
            other.roster().refresh();
            one.registrar().change(Scene.group(PUMPS, 3, true), OPERATOR);
            Recognized enabled = recognized(other.roster(), Optional.empty());
            assertThat(enabled.candidates()).containsExactly(Scene.group(PUMPS, 3, true));
        }
    }

    @Test
    void a_tenant_that_is_nowhere_is_unknown() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Recognition recognition = scene.node().roster().recognize(request(Optional.empty()));
            assertThat(recognition).isEqualTo(new Unrecognized(new Refusal.UnknownTenant()));
        }
    }

    private static Enrollment mine() {
        return Scene.enrollment(MINE, 1, Optional.of(id("pump-1")), true, KeyChange.REFUSE);
    }

    private static Recognized recognized(Roster roster, Optional<Name> enrollment) {
        return (Recognized) roster.recognize(request(enrollment));
    }

    private static EnrollmentRequest request(Optional<Name> enrollment) {
        return new EnrollmentRequest(
                "test",
                Optional.of(ACME.value()),
                enrollment,
                id("pump-1"),
                List.of(new Evidence.SharedAccessSignature("key-1", "")),
                Optional.empty(),
                Optional.empty(),
                "127.0.0.1");
    }

    private static List<Name> names(Recognized recognized) {
        return recognized.candidates().stream().map(Enrollment::name).toList();
    }

    private static CertificateProfile named(CertificateProfile profile, String name) {
        return new CertificateProfile(
                profile.tenant(),
                new Name(name),
                profile.version(),
                profile.life(),
                profile.backdating(),
                profile.algorithms(),
                profile.keyUsages(),
                profile.purposes(),
                profile.subject(),
                profile.alternativeNames(),
                profile.serverKeys());
    }

    private static Enrollment profiled(Enrollment enrollment, String profile) {
        Treatment treatment = enrollment.treatment();
        CertificateTerms terms = treatment.certificates();
        return new Enrollment(
                enrollment.tenant(),
                enrollment.name(),
                enrollment.version(),
                enrollment.individual(),
                enrollment.proof(),
                new Treatment(
                        treatment.allocation(),
                        treatment.reprovision(),
                        treatment.keyChange(),
                        treatment.deviceId(),
                        treatment.type(),
                        treatment.payload(),
                        new CertificateTerms(
                                new Name(profile),
                                terms.renewAfter(),
                                terms.grace(),
                                terms.rekey(),
                                terms.subjectChange())),
                enrollment.enabled());
    }
}
