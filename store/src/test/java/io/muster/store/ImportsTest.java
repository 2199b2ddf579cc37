package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.HUB;
import static io.muster.store.Scene.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Name;
import io.muster.core.roster.Addition;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Import;
import io.muster.core.roster.Import.Finding;
import io.muster.core.roster.Import.Format;
import io.muster.core.roster.Import.Order;
import io.muster.core.roster.Import.State;
import io.muster.core.roster.Import.Tally;
import io.muster.core.roster.Imports;
import io.muster.core.roster.Imports.Leased;
import io.muster.core.roster.Registered;
import io.muster.store.testkit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Imports in a database, in the hands of several nodes.
class ImportsTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Order ORDER = new Order(Format.CSV, false, true, false);
    private static final String FILE = "registrationId,primaryKey\npump-1,the secret of pump-1\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void an_import_is_received_sealed_taken_up_once_and_forgets_its_file_at_its_end(TestServer server)
            throws IOException, SQLException {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Imports one = scene.furnished().imports();
            Imports other = scene.node().imports();
            Import whole = received(one);
            assertThat(text(scene)).doesNotContain("secret of pump-1").doesNotContain("pump-1");
            assertThat(one.receive(whole, 2, new byte[1])).isFalse();

            Leased mine = other.lease(LONG).orElseThrow();
            assertThat(one.lease(LONG)).isEmpty();
            assertThat(mine.work().warrant().actor()).isEqualTo("test");
            try (InputStream file = other.content(mine)) {
                assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(FILE);
            }
            List<Finding> found = List.of(new Finding(true, 3, "type", "bad", "mend it"));
            Import applying = mine.work().now(State.APPLYING, whole.tally(), found, Optional.empty());
            assertThat(other.keep(mine, applying, LONG)).isTrue();
            assertThat(one.find(ACME, whole.id()).orElseThrow().findings()).isEqualTo(found);
            assertThat(one.list(ACME, Optional.empty(), 10).getFirst().findings())
                    .isEmpty();

            List<Enrollment> batch = List.of(
                    IndividualsTest.individual("one", "pump-1", 1, HUB),
                    IndividualsTest.individual("two", "pump-2", 2, new Name("nowhere")));
            Import stored = other.add(mine, batch, additions -> counted(applying, additions), LONG)
                    .orElseThrow();
            assertThat(stored.tally().added()).isEqualTo(1);
            assertThat(scene.node().registrar().enrollment(ACME, new Name("one")))
                    .isPresent();
            assertThat(other.keep(mine, stored.now(State.DONE, stored.tally(), found, Optional.empty()), LONG))
                    .isTrue();
            assertThat(count(scene, "import_part")).isZero();
            assertThat(one.lease(LONG)).isEmpty();
            assertThat(one.cancel(ACME, whole.id()).orElseThrow().state()).isEqualTo(State.DONE);
        }
    }

    @Test
    void whoever_was_believed_dead_writes_nothing_more() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Imports imports = scene.furnished().imports();
            received(imports);
            Leased first = imports.lease(Duration.ZERO).orElseThrow();
            Leased second = imports.lease(LONG).orElseThrow();
            Import applying = second.work().now(State.APPLYING, second.work().tally(), List.of(), Optional.empty());
            assertThat(imports.keep(second, applying, LONG)).isTrue();

            List<Enrollment> batch = List.of(IndividualsTest.individual("one", "pump-1", 1, HUB));
            assertThat(imports.keep(first, applying, LONG)).isFalse();
            assertThat(imports.add(first, batch, additions -> counted(applying, additions), LONG))
                    .isEmpty();
            imports.release(first);
            assertThat(imports.lease(LONG)).isEmpty();
            assertThat(scene.node().registrar().enrollment(ACME, new Name("one")))
                    .isEmpty();

            imports.release(second);
            assertThat(imports.lease(LONG).orElseThrow().work().state()).isEqualTo(State.APPLYING);
        }
    }

    @Test
    void what_is_canceled_or_cut_off_stores_nothing_more_and_too_many_are_refused() throws SQLException {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Imports imports = scene.furnished().imports();
            Import canceled = received(imports);
            Leased leased = imports.lease(LONG).orElseThrow();
            assertThat(imports.cancel(ACME, canceled.id()).orElseThrow().state())
                    .isEqualTo(State.CANCELED);
            assertThat(imports.keep(leased, leased.work(), LONG)).isFalse();
            Import cut = begun(imports);
            imports.receive(cut, 0, new byte[10]);
            imports.abandon(cut, "The upload was cut off.");
            assertThat(imports.find(ACME, cut.id()).orElseThrow().failure()).contains("The upload was cut off.");
            assertThat(imports.received(cut, 10, "ab".repeat(32))).isEmpty();
            assertThat(count(scene, "import_part")).isZero();

            for (int i = 0; i < Imports.MAX_OPEN; i++) {
                begun(imports);
            }
            assertThat(imports.begin(ACME, ORDER, OPERATOR)).isInstanceOf(Registered.Full.class);
            assertThat(imports.begin(new Name("other"), ORDER, OPERATOR)).isInstanceOf(Registered.Missing.class);
            List<Import> page = imports.list(ACME, Optional.empty(), 5);
            assertThat(page).hasSize(5);
            assertThat(imports.list(ACME, Optional.of(page.getLast().id()), 100))
                    .hasSize(Imports.MAX_OPEN + 2 - 5);

            change(scene, "UPDATE muster.import_job SET changed_at = changed_at - 3600000");
            imports.tidy();
            assertThat(imports.list(ACME, Optional.empty(), 100))
                    .allMatch(work -> work.state().ended());
            change(scene, "UPDATE muster.import_job SET changed_at = changed_at - 31 * 86400000::bigint");
            imports.tidy();
            assertThat(imports.list(ACME, Optional.empty(), 100)).isEmpty();
        }
    }

    private static Import received(Imports imports) {
        Import begun = begun(imports);
        byte[] bytes = FILE.getBytes(StandardCharsets.UTF_8);
        byte[] first = Arrays.copyOf(bytes, 20);
        byte[] rest = Arrays.copyOfRange(bytes, 20, bytes.length);
        assertThat(imports.receive(begun, 0, first)).isTrue();
        assertThat(imports.receive(begun, 1, rest)).isTrue();
        return imports.received(begun, bytes.length, "ab".repeat(32)).orElseThrow();
    }

    private static Import begun(Imports imports) {
        if (imports.begin(ACME, ORDER, OPERATOR) instanceof Registered.Done<Import>(Import begun)) {
            return begun;
        }
        throw new AssertionError("not begun");
    }

    private static Import counted(Import work, List<Addition> additions) {
        int added = (int)
                additions.stream().filter(Addition.Added.class::isInstance).count();
        Tally tally = work.tally();
        return work.now(
                State.APPLYING,
                new Tally(tally.bytes(), 2, 2, 2, added, 0, additions.size() - added, 0),
                work.findings(),
                Optional.empty());
    }

    private static String text(Scene scene) throws SQLException {
        try (Connection connection = scene.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT string_agg(encode(sealed, 'escape'), ' ') FROM muster.import_part")) {
            row.next();
            return row.getString(1);
        }
    }

    private static int count(Scene scene, String table) throws SQLException {
        try (Connection connection = scene.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM muster." + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void change(Scene scene, String sql) throws SQLException {
        try (Connection connection = scene.database().connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
