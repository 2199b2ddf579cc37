package io.muster.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.store.embedded.EmbeddedPostgres.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Path ground;
    private Path directory;

    @BeforeAll
    static void make_a_place_that_the_servers_account_may_enter() throws IOException {
        ground = Files.createTempDirectory("muster-embedded-");
        Files.setPosixFilePermissions(ground, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterAll
    static void clear_the_place() throws IOException {
        Folders.delete(ground);
    }

    @BeforeEach
    void take_a_new_directory() throws IOException {
        directory = Files.createTempDirectory(ground, "db-").resolve("postgresql");
        Files.setPosixFilePermissions(directory.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void the_first_start_makes_a_durable_database_and_the_second_start_finds_its_rows() throws Exception {
        try (EmbeddedPostgres first = start()) {
            assertThat(first.health()).isInstanceOf(Health.Up.class);
            assertThat(show(first, "fsync")).isEqualTo("on");
            assertThat(show(first, "synchronous_commit")).isEqualTo("on");
            assertThat(show(first, "data_checksums")).isEqualTo("on");
            assertThat(show(first, "server_encoding")).isEqualTo("UTF8");
            assertThat(show(first, "listen_addresses")).isEqualTo("127.0.0.1");
            write(first, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)");
        }
        long start = System.nanoTime();
        try (EmbeddedPostgres second = start()) {
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(read(second, "SELECT n FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void only_the_password_of_its_file_opens_the_door_and_only_the_owner_reads_it() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            Path file = directory.resolve("password");
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(Files.readString(file).strip())
                    .isEqualTo(postgres.password().reveal());
            assertThat(postgres.password().toString())
                    .doesNotContain(postgres.password().reveal());
            SQLException refused = catchThrowableOfType(
                    SQLException.class, () -> DriverManager.getConnection(postgres.url(), postgres.user(), "guessed")
                            .close());
            assertThat(refused.getSQLState()).isEqualTo("28P01");
        }
    }

    @Test
    void a_killed_server_starts_again_by_itself_and_keeps_what_it_acknowledged() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            write(postgres, "CREATE TABLE kept AS SELECT generate_series(1, 20000) AS n");
            long killed = postgres.pid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().atMost(PATIENCE).until(() -> !postgres.health().serves());
            await().atMost(PATIENCE).until(() -> postgres.health().serves());
            assertThat(postgres.pid()).isNotEqualTo(killed);
            assertThat(read(postgres, "SELECT count(*) FROM kept")).isEqualTo("20000");
        }
    }

    @Test
    void a_server_that_cannot_come_back_is_down_until_the_cause_is_gone() throws Exception {
        try (EmbeddedPostgres postgres = start()) {
            Path cause = directory.resolve("cluster/local.conf");
            Files.writeString(cause, "shared_buffers = 'a lot'\n");
            ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();
            await().atMost(PATIENCE).until(() -> timesEnded() >= 3);
            assertThat(postgres.health()).isInstanceOfSatisfying(Health.Down.class, down -> assertThat(down.reason())
                    .startsWith("PostgreSQL ended by itself"));

            Files.delete(cause);
            await().atMost(PATIENCE).until(() -> postgres.health().serves());
            assertThat(read(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    /// Each failed start complains once about the setting.
    private long timesEnded() throws IOException {
        return Files.readAllLines(directory.resolve("postgres.log")).stream()
                .filter(line -> line.contains("invalid value for parameter \"shared_buffers\""))
                .count();
    }

    @Test
    void a_stopped_server_is_gone_and_says_so() {
        EmbeddedPostgres postgres = start();
        ProcessHandle process = ProcessHandle.of(postgres.pid()).orElseThrow();
        postgres.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(postgres.health()).isInstanceOf(Health.Stopped.class);
        assertThat(directory.resolve("cluster/postmaster.pid")).doesNotExist();
    }

    @Test
    void a_server_that_an_earlier_run_left_behind_is_found_and_stopped() throws Exception {
        start().close();
        Home home = Home.choose(directory, ground);
        Launch launch = Launch.as(home.account(), home.folder());
        Programs programs = Programs.unpack(sharedPrograms(), Platform.here());
        Password password = Cluster.open(home, programs);
        Server server = new Server(
                new Launch(launch.folder(), launch.prefix(), List.of()), programs, home, password, Server.freePort());
        Process orphan = server.spawn();
        await().atMost(PATIENCE).until(() -> server.knock() == Server.Answer.READY);

        try (EmbeddedPostgres postgres = start()) {
            assertThat(orphan.isAlive()).isFalse();
            assertThat(postgres.pid()).isNotEqualTo(orphan.pid());
            assertThat(read(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void a_pid_file_whose_number_belongs_to_another_program_by_now_is_no_obstacle() throws Exception {
        start().close();
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(directory.resolve("cluster/postmaster.pid"), other.pid() + "\n" + directory + "\n");
            start().close();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void data_of_another_major_version_are_refused_with_advice_and_left_alone() throws Exception {
        start().close();
        Path version = directory.resolve("cluster/PG_VERSION");
        Files.writeString(version, "14\n");
        Obstacle obstacle = refused();
        assertThat(obstacle).isInstanceOfSatisfying(Obstacle.OtherMajor.class, other -> {
            assertThat(other.found()).isEqualTo("14");
            assertThat(other.bundled()).isEqualTo("18");
        });
        assertThat(obstacle.words()).contains("Nothing was changed", "pg_upgrade", "database.url");
        assertThat(version).hasContent("14");
    }

    @Test
    void a_second_starter_is_refused_and_learns_who_holds_the_directory() {
        try (EmbeddedPostgres first = start()) {
            assertThat(refused()).isInstanceOfSatisfying(Obstacle.InUse.class, inUse -> assertThat(inUse.holder())
                    .isEqualTo("process " + ProcessHandle.current().pid()));
            assertThat(first.health().serves()).isTrue();
        }
    }

    @Test
    void what_a_crash_left_of_an_initialization_is_removed() throws Exception {
        Path half = Files.createDirectories(directory.resolve("initializing-1/cluster/base"));
        Files.writeString(half.resolve("PG_VERSION"), "18");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        try (EmbeddedPostgres postgres = start()) {
            assertThat(read(postgres, "SELECT 1")).isEqualTo("1");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            assertThat(entries.map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.startsWith("initializing-"));
        }
    }

    @Test
    void a_lost_password_file_is_told_and_never_replaced() throws Exception {
        start().close();
        Files.delete(directory.resolve("password"));
        assertThat(refused()).isInstanceOf(Obstacle.PasswordLost.class);
        assertThat(directory.resolve("password")).doesNotExist();
    }

    @Test
    void a_password_file_from_another_time_is_told() throws Exception {
        start().close();
        Folders.writeSecret(directory.resolve("password"), "of-another-time\n");
        assertThat(refused()).isInstanceOf(Obstacle.PasswordRefused.class);
    }

    @Test
    void a_server_that_cannot_start_says_its_last_words() throws Exception {
        start().close();
        Files.writeString(directory.resolve("cluster/local.conf"), "shared_buffers = 'a lot'\n");
        Files.setPosixFilePermissions(
                directory.resolve("cluster/local.conf"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(refused().words()).contains("did not start", "shared_buffers");
    }

    @Test
    void root_runs_the_server_as_an_account_that_nobody_else_has_and_keeps_it() throws Exception {
        assumeTrue(Account.weAreRoot(), "only root has to choose an account");
        int chosen;
        try (EmbeddedPostgres postgres = start()) {
            chosen = Account.owner(postgres.cluster());
            assertThat(chosen).isBetween(58_000, 59_899);
            assertThat(Account.owner(Path.of("/proc/" + postgres.pid()))).isEqualTo(chosen);
        }
        try (EmbeddedPostgres postgres = start()) {
            assertThat(Account.owner(postgres.cluster())).isEqualTo(chosen);
        }
    }

    @Test
    void root_puts_the_data_elsewhere_when_the_servers_account_may_not_enter_and_finds_them_again() throws Exception {
        assumeTrue(Account.weAreRoot(), "only root has to choose an account");
        Path closed = directory.getParent();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        Path first;
        try (EmbeddedPostgres postgres = start()) {
            first = postgres.cluster();
            assertThat(first.startsWith(ground.resolve("refuge"))).isTrue();
            write(postgres, "CREATE TABLE kept (n int)");
        }
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (EmbeddedPostgres postgres = start()) {
            assertThat(postgres.cluster()).isEqualTo(first);
            assertThat(read(postgres, "SELECT count(*) FROM kept")).isEqualTo("0");
        }
    }

    @Test
    void root_is_told_which_folder_was_closed_after_the_data_were_made() throws Exception {
        assumeTrue(Account.weAreRoot(), "only root has to choose an account");
        start().close();
        Files.setPosixFilePermissions(directory.getParent(), PosixFilePermissions.fromString("rwx------"));
        assertThat(refused().words()).contains("chmod o+x " + directory.getParent());
    }

    @Test
    void the_server_ends_when_the_process_that_started_it_is_killed() throws Exception {
        Process muster = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsAndWaits.class.getName(),
                        directory.toString(),
                        sharedPrograms().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String number = muster.inputReader()
                .lines()
                .filter(line -> line.startsWith(StartsAndWaits.SERVER))
                .findFirst()
                .orElseThrow()
                .substring(StartsAndWaits.SERVER.length());
        ProcessHandle server = ProcessHandle.of(Long.parseLong(number)).orElseThrow();
        muster.destroyForcibly().waitFor();

        try (EmbeddedPostgres postgres = start()) {
            await().atMost(PATIENCE)
                    .until(() -> Orphan.look(server, postgres.cluster()) == Orphan.Found.SOMETHING_ELSE);
            assertThat(read(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(settings());
    }

    private Settings settings() {
        return new Settings(directory, ground.resolve("refuge"), sharedPrograms());
    }

    private static Path sharedPrograms() {
        return ground.resolve("programs");
    }

    private Obstacle refused() {
        CannotRun refused = catchThrowableOfType(CannotRun.class, () -> {
            start().close();
            fail("it started");
        });
        return refused.obstacle();
    }

    private static String show(EmbeddedPostgres postgres, String setting) throws SQLException {
        return read(postgres, "SHOW " + setting);
    }

    private static String read(EmbeddedPostgres postgres, String query) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void write(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(
                postgres.url(), postgres.user(), postgres.password().reveal());
    }
}
