package io.muster.server.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.fleet.dps.Target;
import io.muster.fleet.run.FleetSummary;
import io.muster.server.testkit.Balancer;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.EventFiles;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Operator;
import io.muster.server.testkit.Storm;
import io.muster.store.testkit.TestDatabase;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// `kill -9` while events are on their way out: every entry about a device reaches the other system, of each device in
/// the order of its versions, and what stands there twice is the same event.
class SinkKilledTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String KIND = "sinks.events.kind=file";

    /// Small files, so that they turn while nodes die.
    private static final String SIZE = "sinks.events.max-bytes=20000";

    private static final String ENTRIES = """
            SELECT lower(encode(subject_id, 'hex')) || '/' || version FROM muster.entry WHERE kind BETWEEN 1 AND 11""";

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
            isDrained(node.operator());
            EventFiles told = EventFiles.in(folder(node));
            assertThat(told.faults()).isEmpty();
            assertThat(ids(told))
                    .isEqualTo(entries(BundledDatabase.in(node.data()).open()));
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

            isDrained(second.operator());
            EventFiles one = EventFiles.in(folder(first));
            EventFiles other = EventFiles.in(folder(second));
            assertThat(one.faults()).isEmpty();
            assertThat(other.faults()).isEmpty();
            Set<String> all = ids(one);
            all.addAll(ids(other));
            assertThat(all).isEqualTo(entries(database));
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

    private static void isDrained(Operator operator) {
        await().atMost(LONG).until(() -> {
            JsonNode sink = operator.asks("sink", "get", "events");
            return sink.path("lagEntries").asLong() == 0
                    && sink.path("deadLetters").asLong() == 0;
        });
    }

    private static Path folder(ChildNode node) {
        return node.data().resolve("sinks").resolve("events");
    }

    private static Set<String> ids(EventFiles told) {
        Set<String> ids = new TreeSet<>();
        told.byId().keySet().forEach(id -> ids.add(id.replace("-", "")));
        return ids;
    }

    private static Set<String> entries(TestDatabase database) throws Exception {
        Set<String> ids = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(ENTRIES)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        assertThat(ids).isNotEmpty();
        return ids;
    }
}
