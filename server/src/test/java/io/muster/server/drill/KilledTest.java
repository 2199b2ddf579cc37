package io.muster.server.drill;

import io.muster.fleet.dps.Target;
import io.muster.fleet.run.FleetSummary;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Storm;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// `kill -9` in mid-load: every device ends enrolled, once, and nothing acknowledged is gone.
class KilledTest {

    @Test
    void the_server_is_killed_and_started_again() throws Exception {
        try (ChildNode node = ChildNode.up(Ground.folder("killed").resolve("data"))) {
            Storm storm = Storm.of(Customer.create(node.operator(), "acme"));
            Target target = node.target("acme");

            CompletableFuture<FleetSummary> arrival = storm.arrivesAt(target);
            for (double share : Storm.BREAKS) {
                storm.awaits(share);
                node.kill();
                node.upAgain();
            }

            storm.endedWell(arrival, target);
            Storm.ledgerIsWhole(BundledDatabase.in(node.data()).open());
        }
    }

    @Test
    void its_database_is_killed_and_comes_back_by_itself() throws Exception {
        databaseLoses(ProcessHandle::destroyForcibly);
    }

    /// PostgreSQL then ends every session and recovers, without ending itself.
    @Test
    void one_of_its_databases_processes_is_killed() throws Exception {
        databaseLoses(server -> server.children().findAny().orElseThrow().destroyForcibly());
    }

    private static void databaseLoses(Consumer<ProcessHandle> what) throws Exception {
        try (Installation house = Installation.open()) {
            Storm storm = Storm.of(Customer.create(house.operator(), "acme"));
            Target target = house.target("acme");

            CompletableFuture<FleetSummary> arrival = storm.arrivesAt(target);
            for (double share : Storm.BREAKS) {
                storm.awaits(share);
                what.accept(BundledDatabase.in(house.data()).process());
            }

            storm.endedWell(arrival, target);
            Storm.ledgerIsWhole(house.database());
        }
    }
}
