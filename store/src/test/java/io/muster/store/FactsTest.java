package io.muster.store;

import static io.muster.store.Scene.ACME;
import static io.muster.store.Scene.OPERATOR;
import static io.muster.store.Scene.PUMPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Scope;
import io.muster.core.device.Device;
import io.muster.core.device.Fact;
import io.muster.core.device.FactName;
import io.muster.core.device.Name;
import io.muster.core.ledger.Devices;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Treatment;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Devices are found by what they say of themselves, exactly, and by what their enrollment has searchable alone.
class FactsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestServer.class)
    void a_device_is_found_by_its_newest_facts_on_every_node(TestServer server) throws Exception {
        try (Scene scene = new Scene(server.fresh(), directory)) {
            Store store = scene.furnished();
            Devices elsewhere = scene.node().devices();
            store.registrar().change(searchable(2, "/serial", "/site/id", "/spare", "/port"), OPERATOR);
            says(
                    scene,
                    store,
                    "pump-1",
                    "{\"serial\":\"SN-1\",\"site\":{\"id\":\"north\"},\"port\":8080,\"spare\":true}");
            says(scene, store, "pump-2", "{\"serial\":\"SN-2\",\"site\":{\"id\":\"north\"},\"secret\":\"SN-1\"}");

            assertThat(found(elsewhere, "/serial=SN-1")).containsExactly("pump-1");
            assertThat(found(elsewhere, "/site/id=north")).containsExactlyInAnyOrder("pump-1", "pump-2");
            assertThat(found(elsewhere, "/port=8080")).containsExactly("pump-1");
            assertThat(found(elsewhere, "/spare=true")).containsExactly("pump-1");
            for (String nothing :
                    List.of("/serial=SN", "/serial=sn-1", "/secret=SN-1", "/site=north", "/site/id=SN-1")) {
                assertThat(found(elsewhere, nothing)).as(nothing).isEmpty();
            }

            says(scene, store, "pump-1", "{\"serial\":\"SN-9\"}");
            assertThat(found(elsewhere, "/serial=SN-1")).isEmpty();
            assertThat(found(elsewhere, "/site/id=north")).containsExactly("pump-2");
            assertThat(found(elsewhere, "/serial=SN-9")).containsExactly("pump-1");
            assertThat(new LedgerInvariants(scene.database()).breaches()).isEmpty();
        }
    }

    @Test
    void what_is_no_single_value_or_too_long_or_not_declared_finds_nobody() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            says(scene, store, "early", "{\"serial\":\"SN-0\"}");
            store.registrar().change(searchable(2, "/serial"), OPERATOR);
            String long256 = "x".repeat(Fact.MAX_VALUE);
            says(scene, store, "fits", "{\"serial\":\"" + long256 + "\"}");
            says(scene, store, "long", "{\"serial\":\"" + long256 + "y\"}");
            says(scene, store, "list", "{\"serial\":[\"SN-1\"]}");
            says(scene, store, "null", "{\"serial\":null}");
            says(scene, store, "none", "{}");

            assertThat(found(store.devices(), "/serial=" + long256)).containsExactly("fits");
            for (String nothing : List.of("/serial=SN-0", "/serial=SN-1", "/serial=null")) {
                assertThat(found(store.devices(), nothing)).as(nothing).isEmpty();
            }
            says(scene, store, "early", "{\"serial\":\"SN-0\",\"again\":1}");
            assertThat(found(store.devices(), "/serial=SN-0")).containsExactly("early");
        }
    }

    @Test
    void those_that_are_found_come_in_pages_and_within_a_scope() {
        try (Scene scene = new Scene(TestServer.EXTERNAL.fresh(), directory)) {
            Store store = scene.furnished();
            store.registrar().change(searchable(2, "/site"), OPERATOR);
            for (int i = 0; i < 25; i++) {
                says(scene, store, "pump-" + i, "{\"site\":\"" + (i % 5 == 0 ? "south" : "north") + "\"}");
            }

            List<String> seen = new ArrayList<>();
            Optional<String> cursor = Optional.empty();
            do {
                Devices.Page page = store.devices().list(ACME, filter("/site=north", Scope.of(ACME)), cursor, 3);
                page.items().forEach(device -> seen.add(device.registrationId().display()));
                cursor = page.next();
            } while (cursor.isPresent());
            assertThat(seen).hasSize(20).doesNotHaveDuplicates();
            Scope others = new Scope(Optional.of(ACME), Set.of(new Name("meters")), Set.of());
            assertThat(store.devices()
                            .list(ACME, filter("/site=north", others), Optional.empty(), 10)
                            .items())
                    .isEmpty();
            assertThat(store.devices()
                            .list(new Name("other"), filter("/site=north", Scope.INSTALLATION), Optional.empty(), 10)
                            .items())
                    .isEmpty();
        }
    }

    private static void says(Scene scene, Store store, String device, String payload) {
        assertThat(scene.pipeline(store)
                        .enroll(Scene.request(device, "key of " + device, Optional.of(payload)))
                        .toString())
                .contains("Enrolled");
    }

    private static List<String> found(Devices devices, String fact) {
        return devices.list(ACME, filter(fact, Scope.INSTALLATION), Optional.empty(), 100).items().stream()
                .map(Device::registrationId)
                .map(id -> id.display())
                .toList();
    }

    private static Devices.Filter filter(String fact, Scope scope) {
        return new Devices.Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Fact.parse(fact).orElseThrow()),
                scope);
    }

    private static Enrollment searchable(int version, String... facts) {
        Enrollment usual = Scene.group(PUMPS, version, true);
        Treatment treatment = usual.treatment();
        return new Enrollment(
                usual.tenant(),
                usual.name(),
                usual.version(),
                usual.individual(),
                usual.proof(),
                new Treatment(
                        treatment.allocation(),
                        treatment.reprovision(),
                        treatment.keyChange(),
                        treatment.deviceId(),
                        treatment.type(),
                        treatment.payload(),
                        treatment.certificates(),
                        List.of(facts).stream().map(FactName::new).toList()),
                usual.enabled());
    }
}
