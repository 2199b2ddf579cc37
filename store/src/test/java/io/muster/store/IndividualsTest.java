package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.HUB;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Warrant;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.door.Outcome;
import io.muster.core.roster.Addition;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Treatment;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Many individuals at a time.
class IndividualsTest {

    private static final Logger LOG = LoggerFactory.getLogger(IndividualsTest.class);
    private static final boolean FULL = Boolean.getBoolean("muster.test.full");
    private static final Warrant DRY = new Warrant("test", "", "", true);

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void each_line_of_a_batch_gets_its_own_answer_and_a_repetition_changes_nothing(TestServer server)
            throws SQLException {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Registrar registrar = scene.furnished().registrar();
            Enrollment first = individual("one", "Device-1", 1, HUB);
            List<Enrollment> batch = List.of(
                    first,
                    individual("two", "device-1", 2, HUB),
                    individual("one", "device-3", 3, HUB),
                    individual(PUMPS.value(), "device-4", 4, HUB),
                    individual("five", "device-5", 5, new Name("nowhere")),
                    individual("six", "device-6", 6, HUB));

            List<Addition> dry = added(registrar, batch, DRY);
            assertThat(dry)
                    .hasExactlyElementsOfTypes(
                            Addition.Added.class,
                            Addition.Taken.class,
                            Addition.Taken.class,
                            Addition.Taken.class,
                            Addition.Missing.class,
                            Addition.Added.class);
            assertThat(registrar.enrollment(ACME, new Name("one"))).isEmpty();
            assertThat(added(registrar, batch, OPERATOR)).isEqualTo(dry);
            assertThat(registrar.enrollment(ACME, new Name("one"))).contains(first);

            assertThat(added(registrar, List.of(first, individual("six", "DEVICE-6", 6, HUB)), OPERATOR))
                    .containsOnly(new Addition.Same());
            assertThat(added(registrar, List.of(individual("six", "device-6", 7, HUB)), OPERATOR))
                    .hasOnlyElementsOfType(Addition.Taken.class);
            assertThat(registrar.addIndividuals(new Name("other"), batch, OPERATOR))
                    .isInstanceOf(Registered.Missing.class);
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void a_group_does_not_overtake_an_individual_that_was_added_meanwhile() throws SQLException {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            for (int i = 1; i <= 3; i++) {
                String device = "pump-" + i;
                Recognized before =
                        (Recognized) other.roster().recognize(Scene.request(device, "key-" + i, Optional.empty()));
                added(one.registrar(), List.of(individual("mine-" + i, device, i, HUB)), OPERATOR);

                Outcome outcome = scene.enroll(other, device, "key-" + i);
                assertThat(Scene.device(outcome).origin().enrollment()).isEqualTo(new Name("mine-" + i));
                assertThat(before.candidates()).extracting(Enrollment::name).doesNotContain(new Name("mine-" + i));
            }
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    /// 100,000 at full size.
    @Test
    void individuals_are_added_by_the_thousand() {
        int many = FULL ? 100_000 : 3_000;
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Registrar registrar = scene.furnished().registrar();
            long began = System.nanoTime();
            for (int from = 0; from < many; from += Registrar.MAX_ADDED) {
                List<Enrollment> batch = IntStream.range(from, Math.min(many, from + Registrar.MAX_ADDED))
                        .mapToObj(i -> individual("d-" + i, "device-" + i, i, HUB))
                        .toList();
                assertThat(added(registrar, batch, OPERATOR)).containsOnly(new Addition.Added());
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            LOG.info("{} individuals in {} ms: {} a second", many, took.toMillis(), many * 1000L / took.toMillis());
            assertThat(registrar.enrollments(ACME, Optional.empty(), 1000)).hasSize(1000);
        }
    }

    private static List<Addition> added(Registrar registrar, List<Enrollment> batch, Warrant warrant) {
        if (registrar.addIndividuals(ACME, batch, warrant) instanceof Registered.Done<List<Addition>>(var answers)) {
            return answers;
        }
        throw new AssertionError("no answers");
    }

    static Enrollment individual(String name, String device, int key, Name hub) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) key;
        bytes[1] = (byte) (key >> 8);
        bytes[2] = (byte) (key >> 16);
        Treatment treatment = new Treatment(
                new Allocation.Static(hub),
                Treatment.Reprovision.MIGRATE,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.of("pump"),
                Optional.empty());
        return new Enrollment(
                ACME,
                new Name(name),
                1,
                Optional.of(Scene.id(device)),
                new Proof.SymmetricKeys(Secret.of(bytes), Secret.of(bytes)),
                treatment,
                true);
    }
}
