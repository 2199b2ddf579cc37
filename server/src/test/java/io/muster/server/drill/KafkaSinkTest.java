package io.muster.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.dps.Target;
import io.muster.fleet.kafka.LocalBroker;
import io.muster.fleet.run.FleetSummary;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.KafkaCluster;
import io.muster.server.testkit.SinkDrain;
import io.muster.server.testkit.Storm;
import io.muster.server.testkit.ToldEvents;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Events on their way to Kafka while somebody dies: every entry about a device reaches the topic, of each device in
/// the order of its versions, and what stands there twice is the same event.
class KafkaSinkTest {

    private static final String SINK = "bus";
    private static final String TOPIC = "muster.events";

    private static String[] toKafka(String servers) {
        return new String[] {"sinks." + SINK + ".kind=kafka", "sinks." + SINK + ".bootstrap-servers=" + servers};
    }

    @Test
    void the_server_is_killed_and_kafka_lacks_no_event() throws Exception {
        try (LocalBroker broker = LocalBroker.start(Ground.folder("kafka"));
                ChildNode node = ChildNode.up(Ground.folder("kafka-sink").resolve("data"), toKafka(broker.servers()))) {
            Storm storm = Storm.of(Customer.create(node.operator(), "acme"));
            Target target = node.target("acme");

            CompletableFuture<FleetSummary> arrival = storm.arrivesAt(target);
            for (double share : Storm.BREAKS) {
                storm.awaits(share);
                node.kill();
                node.upAgain();
            }

            storm.endedWell(arrival, target);
            everythingIsTold(node, broker.servers());
        }
    }

    @Test
    void a_broker_that_leads_is_killed_and_kafka_lacks_no_event() throws Exception {
        try (KafkaCluster cluster = KafkaCluster.start(Ground.folder("kafka-cluster"));
                ChildNode node =
                        ChildNode.up(Ground.folder("kafka-lost").resolve("data"), toKafka(cluster.servers()))) {
            Storm storm = Storm.of(Customer.create(node.operator(), "acme"));
            Target target = node.target("acme");

            CompletableFuture<FleetSummary> arrival = storm.arrivesAt(target);
            storm.awaits(Storm.BREAKS.getFirst());
            cluster.killLeaderOf(TOPIC);

            storm.endedWell(arrival, target);
            everythingIsTold(node, cluster.servers());
        }
    }

    private static void everythingIsTold(ChildNode node, String servers) throws Exception {
        SinkDrain.awaits(node.operator(), SINK);
        ToldEvents told = ToldEvents.inTopic(servers, TOPIC);
        assertThat(told.faults()).isEmpty();
        assertThat(told.ids())
                .isEqualTo(SinkDrain.entries(BundledDatabase.in(node.data()).open()));
    }
}
