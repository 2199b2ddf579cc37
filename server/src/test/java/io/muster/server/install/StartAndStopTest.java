package io.muster.server.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Target;
import io.muster.fleet.run.FleetSummary;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Storm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// An installation starts, stops and starts again, and says what is in its way.
class StartAndStopTest {

    /// How a JVM ends that was asked to by TERM.
    private static final int TERMINATED = 128 + 15;

    @Test
    void told_to_stop_in_mid_load_it_ends_cleanly_and_the_next_start_finds_everything() throws Exception {
        try (ChildNode node = ChildNode.up(Ground.folder("stopped").resolve("data"))) {
            Storm storm = Storm.of(Customer.create(node.operator(), "acme"));
            Target target = node.target("acme");
            BundledDatabase database = BundledDatabase.in(node.data());
            ProcessHandle server = database.process();

            CompletableFuture<FleetSummary> arrival = storm.arrivesAt(target);
            storm.awaits(0.3);
            assertThat(node.terminate()).isEqualTo(TERMINATED);
            assertThat(server.isAlive()).isFalse();
            assertThat(database.cluster().resolve("postmaster.pid")).doesNotExist();
            assertThat(Files.readString(node.log())).doesNotContain("ERROR").doesNotContain("did not close cleanly");
            node.upAgain();

            storm.endedWell(arrival, target);
        }
    }

    @Test
    void a_second_start_keeps_anchor_token_and_devices() throws Exception {
        try (Installation house = Installation.open()) {
            Customer customer = Customer.create(house.operator(), "acme");
            X509Device device = Maker.found("Pump Works").make("pump-1");
            customer.pins("lone", device);
            assertThat(knock(house, device)).isInstanceOf(Ending.Enrolled.class);
            String anchor = house.target("acme").trustAnchorPem();
            String token = Files.readString(house.data().resolve("admin.token"));

            house.stop();
            house.startAgain();

            assertThat(house.target("acme").trustAnchorPem()).isEqualTo(anchor);
            assertThat(Files.readString(house.data().resolve("admin.token"))).isEqualTo(token);
            assertThat(knock(house, device)).isInstanceOf(Ending.Reenrolled.class);
            assertThat(customer.devices()).hasSize(1);
        }
    }

    @Test
    void a_second_muster_on_a_data_directory_in_use_does_not_start_and_does_no_harm() throws Exception {
        try (Installation house = Installation.open()) {
            ChildNode.Ended ended = ChildNode.runs("up", "--data", house.data().toString(), "--set", "desk.port=0");
            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err())
                    .contains(
                            "muster: Another Muster", "is using " + house.data().resolve("postgres"))
                    .doesNotContain("Exception");

            assertThat(house.operator().types("tenant", "create", "acme")).contains("acme");
        }
    }

    @Test
    void a_port_that_is_taken_is_named_with_the_setting_that_moves_it() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Installation.open("listeners.https.port=" + port))
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("listeners.https.port");
            assertThatThrownBy(() -> Installation.open("listeners.mqtt.port=" + port))
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("listeners.mqtt.port");
            assertThatThrownBy(() -> Installation.open("desk.port=" + port))
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("desk.port")
                    .message()
                    .doesNotContain("Exception");
        }
    }

    @Test
    void a_certificate_of_ones_own_is_shown_and_shown_anew_when_it_changes() throws Exception {
        Path folder = Ground.folder("brought");
        Maker first = Maker.found("First Authority");
        Maker second = Maker.found("Second Authority");
        bring(folder, first.makeLocalServer());
        try (Installation house = Installation.open(
                "listeners.tls.certificate=" + folder.resolve("chain.pem"),
                "listeners.tls.key=" + folder.resolve("key.pem"))) {
            Customer customer = Customer.create(house.operator(), "acme");
            customer.trusts("pumps", first.rootPem());

            assertThat(knock(house, first.rootPem(), first.make("pump-1"))).isInstanceOf(Ending.Enrolled.class);
            assertThat(knock(house, second.rootPem(), first.make("pump-2"))).isInstanceOf(Ending.Lost.class);

            bring(folder, second.makeLocalServer());
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(
                            () -> knock(house, second.rootPem(), first.make("pump-3")),
                            Ending.Enrolled.class::isInstance);
        }
    }

    private static void bring(Path folder, X509Device server) throws Exception {
        Files.writeString(folder.resolve("chain.pem"), server.chainPem());
        Files.writeString(folder.resolve("key.pem"), server.privateKeyPem());
    }

    private static Ending knock(Installation house, X509Device device) {
        return Door.DPS_HTTPS.knock(house.target("acme"), device);
    }

    private static Ending knock(Installation house, String anchorPem, X509Device device) {
        return Door.DPS_HTTPS.knock(new Target(house.house().devicesUrl(), anchorPem, "acme"), device);
    }
}
