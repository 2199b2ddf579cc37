package io.muster.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.dps.Target;
import io.muster.fleet.run.FleetSummary;
import io.muster.server.testkit.Balancer;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Operator;
import io.muster.server.testkit.SinkDrain;
import io.muster.server.testkit.Storm;
import io.muster.server.testkit.ToldEvents;
import io.muster.store.testkit.TestDatabase;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// `kill -9` while events are on their way out: every entry about a device reaches the other system, of each device in
/// the order of its versions, and what stands there twice is the same event.
class SinkKilledTest {

    private static final String KIND = "sinks.events.kind=file";

    /// Small files, so that they turn while nodes die.
    private static final String SIZE = "sinks.events.max-bytes=20000";

    @Test
    void the_server_is_killed_and_started_again_and_no_event_is_missing() throws Exception {
        try (ChildNode node = ChildNode.up(Ground.folder("sink-killed").resolve("data"), KIND, SIZE)) {
            Storm storm = Storm.of(Customer.create(node.operator(), "acme"));
            Target target = node.target("acme");

            CompletableFuture<FleetSummary> arrival = storm.arrivesAt(target);
            for (double share : Storm.BREAKS) {
                storm.awaits(share);
                node.kill();
                node.upAgain();
            }

            storm.endedWell(arrival, target);
            SinkDrain.awaits(node.operator(), "events");
            ToldEvents told = ToldEvents.inFolder(folder(node));
            assertThat(told.faults()).isEmpty();
            assertThat(told.ids())
                    .isEqualTo(SinkDrain.entries(BundledDatabase.in(node.data()).open()));
        }
    }

    /// Each node has its own files: together they hold everything.
    @Test
    void one_of_two_nodes_is_killed_and_the_other_tells_what_it_did_not() throws Exception {
        TestDatabase database = TestServer.EXTERNAL.fresh();
        Path ground = Ground.folder("sink-two-nodes");
        String url = database.url() + "&user=" + database.user() + "&password=" + database.password();
        String[] settings = {"database.url=" + url, "keyring.dir=" + ground.resolve("keyring"), KIND, SIZE};
        try (ChildNode first = ChildNode.up(ground.resolve("first"), settings);
                ChildNode second = ChildNode.up(ground.resolve("second"), settings);
                Balancer balancer = Balancer.over(first.port(), second.port())) {
            Storm storm = Storm.of(Customer.create(second.operator(), "acme")).knownAt(first.target("acme"));
            Target target = second.targetAt(balancer.port(), "acme");

            CompletableFuture<FleetSummary> arrival = storm.arrivesAt(target);
            for (double share : Storm.BREAKS) {
                if (!first.isAlive()) {
                    first.upAgain();
                }
                storm.awaits(share);
                first.kill();
            }
            storm.endedWell(arrival, target);
            first.upAgain();
            bothTakeAwayAndLetIn(List.of(first.operator(), second.operator()));

            SinkDrain.awaits(second.operator(), "events");
            ToldEvents one = ToldEvents.inFolder(folder(first));
            ToldEvents other = ToldEvents.inFolder(folder(second));
            assertThat(one.faults()).isEmpty();
            assertThat(other.faults()).isEmpty();
            Set<String> all = one.ids();
            all.addAll(other.ids());
            assertThat(all).isEqualTo(SinkDrain.entries(database));
        }
    }

    /// The versions of a device stand in both lanes by turns.
    private static void bothTakeAwayAndLetIn(List<Operator> operators) {
        for (int round = 0; round < 6; round++) {
            for (String device : List.of("pump-0", "meter-1")) {
                String verb = round % 2 == 0 ? "quarantine" : "release";
                operators.get(round % 2).types("device", verb, device, "--reason", "a drill", "--tenant", "acme");
            }
        }
    }

    private static Path folder(ChildNode node) {
        return node.data().resolve("sinks").resolve("events");
    }
}
