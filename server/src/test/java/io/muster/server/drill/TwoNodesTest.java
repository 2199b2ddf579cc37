package io.muster.server.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.fleet.dps.Target;
import io.muster.fleet.run.FleetSummary;
import io.muster.server.testkit.Balancer;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Storm;
import io.muster.store.database.UnusableDatabaseException;
import io.muster.store.testkit.TestDatabase;
import io.muster.store.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Several nodes on one external PostgreSQL are one installation.
class TwoNodesTest {

    @Test
    void one_of_two_nodes_is_killed_in_mid_load_and_the_other_goes_on() throws Exception {
        TestDatabase database = TestServer.EXTERNAL.fresh();
        Path ground = Ground.folder("two-nodes");
        String[] settings = settings(database, ground.resolve("keyring"));
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
            Storm.ledgerIsWhole(database);
        }
    }

    @Test
    void what_an_operator_does_at_one_node_is_soon_known_at_the_other() throws Exception {
        TestDatabase database = TestServer.EXTERNAL.fresh();
        String[] settings = settings(database, Ground.folder("keys").resolve("keyring"));
        try (Installation one = Installation.open(settings);
                Installation other = Installation.open(settings)) {
            Storm storm = Storm.of(Customer.create(one.operator(), "acme")).knownAt(other.target("acme"));

            storm.endedWell(storm.arrivesAt(other.target("acme")), one.target("acme"));

            assertThat(other.operator().types("why", "pump-0", "--tenant", "acme"))
                    .contains("pump-0 was accepted");
        }
    }

    @Test
    void a_node_without_the_keyring_of_the_installation_does_not_start() {
        TestDatabase database = TestServer.EXTERNAL.fresh();
        Path keyring = Ground.folder("keys").resolve("keyring");
        Installation.open(settings(database, keyring)).close();

        assertThatThrownBy(() -> Installation.open(settings(database, Ground.folder("empty"))))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("holds none")
                .hasMessageContaining("Copy the installation's keyring there");
    }

    @Test
    void a_node_with_another_keyring_does_not_start() {
        TestDatabase database = TestServer.EXTERNAL.fresh();
        Path other = Ground.folder("keys").resolve("other");
        Installation.open(settings(TestServer.EXTERNAL.fresh(), other)).close();
        Installation.open(settings(database, Ground.folder("keys").resolve("keyring")))
                .close();

        assertThatThrownBy(() -> Installation.open(settings(database, other)))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("keyring " + other + " is another one");
    }

    @Test
    void a_node_with_another_tls_authority_does_not_start() throws Exception {
        TestDatabase database = TestServer.EXTERNAL.fresh();
        Path keyring = Ground.folder("keys").resolve("keyring");
        Installation.open(settings(database, keyring)).close();
        Path copy = copyWithoutTlsAuthority(keyring);

        assertThatThrownBy(() -> Installation.open(settings(database, copy)))
                .isInstanceOf(UnusableDatabaseException.class)
                .hasMessageContaining("TLS CA is another one")
                .hasMessageContaining("copy tls-ca.pem");
    }

    private static Path copyWithoutTlsAuthority(Path keyring) throws IOException {
        Path copy = Ground.folder("keys").resolve("copy");
        Files.copy(keyring, copy, StandardCopyOption.COPY_ATTRIBUTES);
        try (Stream<Path> files = Files.list(keyring)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.delete(copy.resolve("tls-ca.pem"));
        return copy;
    }

    private static String[] settings(TestDatabase database, Path keyring) {
        String url = database.url() + "&user=" + database.user() + "&password=" + database.password();
        return List.of("database.url=" + url, "keyring.dir=" + keyring).toArray(String[]::new);
    }
}
