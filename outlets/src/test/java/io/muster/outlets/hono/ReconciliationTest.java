package io.muster.outlets.hono;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.core.device.DeviceState;
import io.muster.core.flow.Reconciliation;
import io.muster.core.flow.Reconciliation.Drift;
import io.muster.core.flow.Reconciliation.Kind;
import io.muster.core.flow.Reconciliation.Part;
import io.muster.outlets.event.Samples;
import io.muster.outlets.hono.FakeRegistry.Kept;
import io.muster.outlets.http.HttpClient;
import io.muster.outlets.http.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the registry holds against what Muster has, more than a page of both.
class ReconciliationTest {

    private static final int DEVICES = 250;

    @TempDir
    Path folder;

    private final Fleet fleet = new Fleet();
    private final Reconciliation reconciliation = new Reconciliation(fleet, fleet);
    private FakeRegistry registry;
    private DeviceRegistry sink;

    @BeforeEach
    void opens() throws Exception {
        registry = new FakeRegistry();
        Path token = Files.writeString(folder.resolve("token"), FakeRegistry.TOKEN);
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Peer peer = new Peer(Optional.of(registry.server().anchor(folder)), true, Duration.ofSeconds(5), 4);
        sink = DeviceRegistry.of(
                registry.server().url("/v1"),
                new Access.Bearer(token),
                HttpClient.of(peer),
                Set.of(),
                4,
                Clock.systemUTC());
        for (int i = 0; i < DEVICES; i++) {
            assertThat(sink.put(fleet.add("pump-%03d".formatted(i)), Optional.empty()))
                    .isTrue();
        }
    }

    @AfterEach
    void closes() throws Exception {
        sink.close();
        registry.close();
    }

    @Test
    void where_all_is_as_it_should_be_there_is_no_drift_and_what_is_not_musters_affair_stays() {
        registry.devices().put("gateway", byHand());
        assertThat(compared(true)).isEmpty();
        assertThat(registry.devices()).hasSize(DEVICES + 1);
    }

    @Test
    void what_is_missing_unknown_or_different_is_said_and_nothing_is_changed() {
        drift();
        long writes = registry.writes();
        assertThat(compared(false))
                .containsExactlyInAnyOrder(
                        new Drift("pump-001", Kind.MISSING, List.of(), false),
                        new Drift("pump-100", Kind.UNKNOWN, List.of(), false),
                        new Drift("pump-200", Kind.UNKNOWN, List.of(), false),
                        new Drift("pump-240", Kind.DIFFERENT, List.of("enabled"), false),
                        new Drift("pump-241", Kind.DIFFERENT, List.of("hub"), false));
        assertThat(registry.writes()).isEqualTo(writes);
    }

    @Test
    void it_is_mended_and_then_there_is_no_drift() {
        drift();
        assertThat(compared(true)).hasSize(5).allMatch(Drift::mended);
        assertThat(compared(false)).isEmpty();
        assertThat(registry.devices()).hasSize(DEVICES - 2);
        assertThat(credentials("pump-001")).contains("CN=pump-001").contains(fleet.serial("pump-001"));
    }

    private void drift() {
        fleet.certifies("pump-001");
        registry.devices().remove("pump-001");
        fleet.remove("pump-100");
        fleet.changes("pump-200", DeviceState.DECOMMISSIONED);
        fleet.changes("pump-240", DeviceState.QUARANTINED);
        ObjectNode held =
                Objects.requireNonNull(registry.devices().get("pump-241")).device();
        ((ObjectNode) held.at("/ext/muster")).put("hub", "us-1");
    }

    private List<Drift> compared(boolean mend) {
        List<Drift> drifts = new ArrayList<>();
        int compared = 0;
        Optional<String> from = Optional.empty();
        do {
            Part part = reconciliation.part(sink, Samples.ACME, from, mend);
            drifts.addAll(part.drifts());
            compared += part.compared();
            from = part.next();
        } while (from.isPresent());
        assertThat(compared).as("both sides are looked at").isGreaterThan(DEVICES + DEVICES - 10);
        return drifts;
    }

    private String credentials(String id) {
        return Objects.requireNonNull(registry.devices().get(id)).credentials().toString();
    }

    private static Kept byHand() {
        return new Kept(JsonNodeFactory.instance.objectNode(), "x", JsonNodeFactory.instance.arrayNode(), "y");
    }
}
