package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.device;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Device;
import io.muster.core.device.DeviceId;
import io.muster.core.door.Parting;
import io.muster.core.ledger.Presence;
import io.muster.core.ledger.Presences.Noted;
import io.muster.store.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresencesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void what_one_node_kept_of_a_device_is_read_at_every_node(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Device pump = device(scene.enroll(one, "pump-1", "key-1"));
            assertThat(other.presences().of(pump)).isEmpty();

            one.presences().keep(List.of(noted(pump, here(NOW), true)));
            assertThat(other.presences().of(pump)).contains(here(NOW));

            one.presences().keep(List.of(noted(pump, gone(NOW.plusSeconds(5)), false)));
            assertThat(other.presences().of(pump)).contains(gone(NOW.plusSeconds(5)));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_device_that_went_to_another_node_is_there_whatever_the_first_says_later(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store one = scene.furnished();
            Store other = scene.node();
            Device pump = device(scene.enroll(one, "pump-1", "key-1"));
            one.presences().keep(List.of(noted(pump, here(NOW), true)));
            other.presences().keep(List.of(noted(pump, here(NOW.plusSeconds(1)), true)));

            one.presences().keep(List.of(noted(pump, gone(NOW.plusSeconds(2)), false)));

            assertThat(one.presences().of(pump)).contains(here(NOW.plusSeconds(1)));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void the_devices_of_a_node_that_gives_no_sign_are_connected_no_longer(TestServer server) throws SQLException {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Device pump = device(scene.enroll(store, "pump-1", "key-1"));
            Device left = device(scene.enroll(store, "pump-2", "key-2"));
            store.presences().keep(List.of(noted(pump, here(NOW), true), noted(left, gone(NOW), true)));
            change(scene, "UPDATE node SET seen_at = seen_at - 61000");

            Presence lost = store.presences().of(pump).orElseThrow();
            assertThat(lost.parting()).contains(Parting.NODE_LOST);
            assertThat(lost.lastSeen()).isAfter(NOW).isEqualTo(lost.since());
            assertThat(store.presences().of(left)).contains(gone(NOW));

            store.presences().keep(List.of());
            assertThat(store.presences().of(pump)).as("it gave a sign again").contains(here(NOW));
            change(scene, "DELETE FROM node");
            assertThat(store.presences().of(pump).orElseThrow().parting()).contains(Parting.NODE_LOST);
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void what_is_of_a_device_that_has_no_key_is_dropped_and_the_rest_is_kept(TestServer server) {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Device pump = device(scene.enroll(store, "pump-1", "key-1"));
            Noted nobody = new Noted(ACME, Scene.id("pump-9"), DeviceId.random(), here(NOW), true);

            store.presences().keep(List.of(nobody, noted(pump, here(NOW), true)));

            assertThat(store.presences().of(pump)).contains(here(NOW));
        }
    }

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void many_at_once_are_two_statements_and_no_entry_and_say_nothing_in_the_open(TestServer server)
            throws SQLException {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            List<Device> fleet = IntStream.range(0, 100)
                    .mapToObj(i -> device(scene.enroll(store, "pump-" + i, "key-" + i)))
                    .toList();
            long entries = count(scene, "SELECT count(*) FROM entry");

            store.presences()
                    .keep(fleet.stream().map(it -> noted(it, here(NOW), true)).toList());

            assertThat(fleet)
                    .allSatisfy(it -> assertThat(store.presences().of(it)).contains(here(NOW)));
            assertThat(count(scene, "SELECT count(*) FROM entry")).isEqualTo(entries);
            assertThat(count(
                            scene,
                            "SELECT count(*) FROM presence WHERE position('" + hex("192.0.2")
                                    + "' in encode(sealed, 'hex')) > 0"))
                    .isZero();
            assertThat(count(scene, "SELECT count(*) FROM presence")).isEqualTo(100);
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Presence here(Instant since) {
        return new Presence("hub-mqtt", Optional.of("192.0.2.0/24"), since, since, Optional.empty());
    }

    private static Presence gone(Instant since) {
        return new Presence(
                "hub-mqtt",
                Optional.of("192.0.2.0/24"),
                since,
                since.minus(Duration.ofSeconds(1)),
                Optional.of(Parting.SILENT));
    }

    private static Noted noted(Device device, Presence presence, boolean arrival) {
        return new Noted(device.tenant(), device.registrationId(), device.id(), presence, arrival);
    }

    private static void change(Scene scene, String sql) throws SQLException {
        try (Connection connection = scene.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO muster");
            statement.executeUpdate(sql);
        }
    }

    private static long count(Scene scene, String sql) throws SQLException {
        try (Connection connection = scene.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO muster");
            try (ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
