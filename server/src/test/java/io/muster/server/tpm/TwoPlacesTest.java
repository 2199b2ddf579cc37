package io.muster.server.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.attestors.tpm.testkit.Swtpm;
import io.muster.server.testkit.Bash;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A board whose endorsement key is seen in two places at once, and what its operator reads of it.
class TwoPlacesTest {

    private static final Path SCRIPT = Path.of("../examples/tpm/enroll.sh").toAbsolutePath();
    private static final String CODE = "identity_key_contested";

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static Swtpm tpm;

    @BeforeAll
    static void there_is_a_chip() throws Exception {
        assumeTrue(Swtpm.isInstalled(), "swtpm and tpm2-tools are not installed");
        Bash.needs("jq", "xxd", "curl", "openssl");
        tpm = Swtpm.manufactured(Ground.folder("chip"));
    }

    @AfterAll
    static void it_is_stopped() throws Exception {
        if (tpm != null) {
            tpm.close();
        }
    }

    @Test
    void under_another_name_the_try_is_refused_and_the_device_tells() throws Exception {
        Customer acme = customer("acme");
        Bash board = Bash.in(Ground.folder("board"));
        board.types(enroll("acme", "board-1"));
        int version = acme.device("board-1").path("version").asInt();

        assertThat(board.tries(enroll("acme", "board-2")).output()).contains("identity_key_taken");
        board.tries(enroll("acme", "board-3"));

        JsonNode refused = acme.why("board-3");
        assertThat(refused.path("code").asText()).isEqualTo("identity_key_taken");
        assertThat(refused.path("checks").findValuesAsText("code")).contains(CODE);
        JsonNode told = acme.why("board-1");
        assertThat(told.path("code").asText()).isEqualTo(CODE);
        assertThat(told.path("checks").findValuesAsText("input")).containsExactly("board-2 from 127.0.0.1");
        assertThat(acme.device("board-1").path("version").asInt())
                .as("one event is enough")
                .isEqualTo(version + 1);
    }

    @Test
    void from_another_network_the_board_is_let_in_and_the_try_tells() throws Exception {
        Customer rival = customer("rival");
        Bash board = Bash.in(Ground.folder("board"));
        board.types(enroll("rival", "board-1"));
        int version = rival.device("board-1").path("version").asInt();
        Files.writeString(board.folder().resolve(".curlrc"), "interface = 127.0.9.1\n");

        assertThat(board.types("export CURL_HOME=$PWD\n" + enroll("rival", "board-1")))
                .contains("enrolled as board-1");

        JsonNode told = rival.why("board-1");
        assertThat(told.path("result").asText()).isEqualTo("accepted");
        assertThat(told.path("source").asText()).isEqualTo("127.0.9.1");
        assertThat(told.path("checks").findValuesAsText("code")).contains(CODE);
        assertThat(rival.device("board-1").path("version").asInt()).isEqualTo(version + 1);
    }

    private static Customer customer(String tenant) throws Exception {
        Customer customer = Customer.create(HOUSE.operator(), tenant);
        customer.asks(
                "enrollment",
                "create",
                "boards",
                "--tpm-ca",
                customer.file("manufacturers.pem", String.join("", tpm.authorities())));
        return customer;
    }

    private static String enroll(String tenant, String id) {
        return "MUSTER=%s CA=%s ID=%s TENANT=%s TPM2TOOLS_TCTI=%s %s"
                .formatted(
                        HOUSE.house().devicesUrl(),
                        HOUSE.house().data().serverAnchor(),
                        id,
                        tenant,
                        tpm.address(),
                        SCRIPT);
    }
}
