package io.muster.server.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.attestors.tpm.testkit.Swtpm;
import io.muster.server.testkit.Balancer;
import io.muster.server.testkit.Bash;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.store.testkit.TestDatabase;
import io.muster.store.testkit.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// A challenge of one node is answered at another.
class TwoNodesTpmTest {

    private static final Path SCRIPT = Path.of("../examples/tpm/enroll.sh").toAbsolutePath();

    @Test
    void an_answer_may_come_to_another_node_than_the_one_that_asked() throws Exception {
        assumeTrue(Swtpm.isInstalled(), "swtpm and tpm2-tools are not installed");
        Bash.needs("jq", "xxd", "curl", "openssl");
        TestDatabase database = TestServer.EXTERNAL.fresh();
        String[] settings = {
            "database.url=" + database.url() + "&user=" + database.user() + "&password=" + database.password(),
            "keyring.dir=" + Ground.folder("keys").resolve("keyring"),
            "pki.base-url=http://localhost:8442"
        };
        try (Installation one = Installation.open(settings);
                Installation other = Installation.open(settings);
                Swtpm tpm = Swtpm.manufactured(Ground.folder("chip"));
                Balancer balancer = Balancer.over(
                        one.house().devicesUrl().getPort(),
                        other.house().devicesUrl().getPort())) {
            Customer acme = Customer.create(one.operator(), "acme");
            acme.asks(
                    "enrollment",
                    "create",
                    "boards",
                    "--tpm-ca",
                    acme.file("manufacturers.pem", String.join("", tpm.authorities())));

            String said = Bash.in(Ground.folder("board"))
                    .types("MUSTER=https://localhost:%d CA=%s ID=board-1 TENANT=acme TPM2TOOLS_TCTI=%s %s"
                            .formatted(balancer.port(), one.house().data().serverAnchor(), tpm.address(), SCRIPT));

            assertThat(said).contains("enrolled as board-1");
            assertThat(balancer.connections()).isEqualTo(2);
            assertThat(acme.devices()).hasSize(1);
        }
    }
}
