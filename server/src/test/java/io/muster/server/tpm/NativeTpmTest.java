package io.muster.server.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.attestors.tpm.testkit.Swtpm;
import io.muster.server.testkit.Bash;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The whole device side in shell, tpm2-tools and curl, as a firmware engineer reads it in `examples/tpm`.
class NativeTpmTest {

    private static final Path SCRIPT = Path.of("../examples/tpm/enroll.sh").toAbsolutePath();

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private static final Customer ACME = Customer.create(HOUSE.operator(), "acme");
    private static Swtpm tpm;

    @BeforeAll
    static void there_is_a_chip() throws Exception {
        assumeTrue(Swtpm.isInstalled(), "swtpm and tpm2-tools are not installed");
        Bash.needs("jq", "xxd", "curl", "openssl");
        tpm = Swtpm.manufactured(Ground.folder("chip"));
        ACME.asks(
                "enrollment",
                "create",
                "boards",
                "--tpm-ca",
                ACME.file("manufacturers.pem", String.join("", tpm.authorities())));
    }

    @AfterAll
    static void it_is_stopped() throws Exception {
        if (tpm != null) {
            tpm.close();
        }
    }

    @Test
    void a_board_of_a_registered_manufacturer_gets_a_certificate_for_a_key_that_never_leaves_the_chip()
            throws Exception {
        Bash board = Bash.in(Ground.folder("board"));

        assertThat(board.types(enroll("board-1"))).contains("enrolled as board-1", "eu-1.example.com");
        assertThat(board.types("openssl x509 -in cert.pem -noout -text"))
                .contains("CN = board-1", "2.23.133.11.1.1", "2.23.133.11.1.2");
        JsonNode first = ACME.device("board-1");

        assertThat(board.types(enroll("board-1"))).contains("enrolled as board-1");
        assertThat(ACME.device("board-1"))
                .as("the same board is the same device")
                .isEqualTo(first);
        assertThat(ACME.types("why", "board-1")).contains("was accepted");
    }

    /// TPM2_Clear takes every key out of the chip but what its maker put there.
    @Test
    void a_board_whose_chip_was_cleared_is_the_same_device_with_a_new_key() throws Exception {
        Bash board = Bash.in(Ground.folder("board"));
        board.types(enroll("board-1") + "\nopenssl x509 -in cert.pem -noout -pubkey > before.pem");
        JsonNode before = ACME.device("board-1");

        tpm.run("tpm2_clear");
        board.types(enroll("board-1") + "\nopenssl x509 -in cert.pem -noout -pubkey > after.pem");

        JsonNode after = ACME.device("board-1");
        assertThat(board.tries("cmp before.pem after.pem").code()).isEqualTo(1);
        assertThat(after.path("deviceId")).isEqualTo(before.path("deviceId"));
        assertThat(after.path("createdAt")).isEqualTo(before.path("createdAt"));
        assertThat(ACME.devices()).hasSize(1);
        assertThat(ACME.types("cert", "list", "--registration-id", "board-1")).contains("current", "replaced");
    }

    @Test
    void the_same_board_under_another_name_is_refused_and_explained() throws Exception {
        Bash board = Bash.in(Ground.folder("board"));
        board.types(enroll("board-1"));

        Bash.Said said = board.tries(enroll("board-2"));

        assertThat(said.code()).isNotZero();
        assertThat(said.output()).contains("identity_key_taken");
    }

    private static String enroll(String id) {
        return "MUSTER=%s CA=%s ID=%s TENANT=acme TPM2TOOLS_TCTI=%s %s"
                .formatted(HOUSE.house().devicesUrl(), HOUSE.house().data().serverAnchor(), id, tpm.address(), SCRIPT);
    }
}
