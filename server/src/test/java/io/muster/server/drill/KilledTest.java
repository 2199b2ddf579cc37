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
        try (Installation house = Installation.open()) {
            Storm storm = Storm.of(Customer.create(house.operator(), "acme"));
            Target target = house.target("acme");
            BundledDatabase database = BundledDatabase.in(house.data());

            CompletableFuture<FleetSummary> arrival = storm.arrivesAt(target);
            for (double share : Storm.BREAKS) {
                storm.awaits(share);
                database.process().destroyForcibly();
            }

            storm.endedWell(arrival, target);
            Storm.ledgerIsWhole(house.database());
        }
    }
}
