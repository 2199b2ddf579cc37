package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Audit;
import io.muster.core.roster.Addition;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Treatment.KeyChange;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Enrollments that are taken out.
class DeletionTest {

    private static final Warrant DRY = new Warrant("test", "", "", true);
    private static final Name BENCH = new Name("bench");
    private static final RegistrationId DEVICE = RegistrationId.parse("bench-1").orElseThrow();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_deleted_enrollment_is_nowhere_but_in_what_was_decided_by_it(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Registrar registrar = store.registrar();
            Enrollment bench = individual(1);
            registrar.create(bench, OPERATOR);

            assertThat(registrar.delete(bench, DRY)).isEqualTo(new Registered.Done<>(bench));
            assertThat(registrar.individual(ACME, DEVICE)).contains(bench);
            assertThat(registrar.delete(bench.at(2), OPERATOR)).isInstanceOf(Registered.Stale.class);
            assertThat(registrar.delete(bench, OPERATOR)).isEqualTo(new Registered.Done<>(bench));

            assertThat(registrar.individual(ACME, DEVICE)).isEmpty();
            assertThat(registrar.enrollment(ACME, BENCH)).isEmpty();
            assertThat(registrar.delete(bench, OPERATOR)).isInstanceOf(Registered.Missing.class);
            assertThat(store.versions().of(ACME, new Origin(BENCH, 1))).contains(bench);
            assertThat(store.audit()
                            .list(Optional.of(ACME), subject("enrollment:bench"), Optional.empty(), 10, OPERATOR)
                            .items())
                    .extracting(Audit.Entry::kind)
                    .containsExactly(Audit.Kind.ENROLLMENT_CREATED, Audit.Kind.ENROLLMENT_DELETED);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void another_of_its_name_goes_on_counting_however_it_is_made(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Registrar registrar = scene.furnished().registrar();
            registrar.create(individual(1), OPERATOR);
            registrar.change(individual(2), OPERATOR);
            registrar.delete(individual(2), OPERATOR);

            assertThat(registrar.addIndividuals(ACME, List.of(individual(1)), OPERATOR))
                    .isEqualTo(new Registered.Done<>(List.of(new Addition.Added())));
            assertThat(registrar.individual(ACME, DEVICE)).contains(individual(3));
            registrar.delete(individual(3), OPERATOR);

            assertThat(registrar.create(individual(1), OPERATOR)).isEqualTo(new Registered.Done<>(individual(4)));
            registrar.delete(individual(4), OPERATOR);

            assertThat(registrar.create(Scene.group(BENCH, 1, true), OPERATOR))
                    .isEqualTo(new Registered.Done<>(Scene.group(BENCH, 5, true)));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_list_goes_on_after_one_that_was_deleted_between_two_pages(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Registrar registrar = scene.furnished().registrar();
            for (int i = 0; i < 6; i++) {
                registrar.create(
                        Scene.enrollment(
                                new Name("one-" + i), 1, RegistrationId.parse("device-" + i), true, KeyChange.REFUSE),
                        OPERATOR);
            }
            List<Enrollment> all = registrar.enrollments(ACME, Scope.of(ACME), Optional.empty(), 10);
            Enrollment third = all.get(2);
            registrar.delete(third, OPERATOR);

            assertThat(registrar.enrollments(ACME, Optional.of(third.name()), 10))
                    .isEqualTo(all.subList(3, all.size()));
            assertThat(registrar.groups(ACME)).extracting(Enrollment::name).containsExactly(PUMPS);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void one_whose_tokens_would_be_good_again_stays(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Registrar registrar = scene.furnished().registrar();
            Enrollment like = Scene.group(Scene.GATES, 1, true);
            Enrollment gates = new Enrollment(
                    ACME, Scene.GATES, 1, Optional.empty(), new Proof.OneTimeTokens(), like.treatment(), true);
            registrar.create(gates, OPERATOR);

            assertThat(registrar.delete(gates, OPERATOR)).isInstanceOf(Registered.Needed.class);
            assertThat(registrar.enrollment(ACME, Scene.GATES)).contains(gates);
        }
    }

    private static Enrollment individual(int version) {
        return Scene.enrollment(BENCH, version, Optional.of(DEVICE), true, KeyChange.REFUSE);
    }

    private static Audit.Filter subject(String subject) {
        return new Audit.Filter(
                Optional.empty(), Optional.empty(), Optional.of(subject), Optional.empty(), Optional.empty());
    }
}
