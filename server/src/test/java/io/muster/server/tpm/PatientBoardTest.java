package io.muster.server.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.attestors.tpm.testkit.Board;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.MovableClock;
import io.muster.server.tpm.BoardOnWire.Answer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A board with a TPM whose request is carried out later than it came.
class PatientBoardTest {

    private static final MovableClock CLOCK = new MovableClock();
    private static final ChipMaker MAKER = new ChipMaker();
    private static final String POLICIES = "2.5.29.32";

    /// tcg-cap-verifiedTPMResidency and tcg-cap-verifiedTPMFixed, as the extension holds them.
    private static final String LIVES_IN_A_TPM = "300806066781050b0101300806066781050b0102";

    @AutoClose
    private static final Installation HOUSE = Installation.open(CLOCK);

    private final Board board = MAKER.board();

    @Test
    void a_board_that_waited_is_certified_that_its_key_lives_in_its_chip() throws Exception {
        Customer customer = customer("acme");
        try (BoardOnWire wire = new BoardOnWire(HOUSE.target("acme"))) {
            CLOCK.beOff(Duration.ofMinutes(10));
            ObjectNode first = BoardOnWire.asks(HOUSE.target("acme"), "board-1", board);
            JsonNode challenged = wire.posts(first).body();
            Answer deferred = wire.posts(BoardOnWire.asksForCertificate(first, challenged, board));
            CLOCK.beOff(Duration.ZERO);
            isEnrolled(customer);

            JsonNode again = wire.posts(first).body();
            Answer later =
                    wire.posts(BoardOnWire.answers(first, again, board).put("csr", BoardOnWire.csr(first, board)));

            assertThat(deferred.status()).as(deferred.text()).isEqualTo(202);
            assertThat(deferred.body().path("status").asText()).isEqualTo("deferred");
            assertThat(later.body().path("change").asText()).as(later.text()).isEqualTo("unchanged");
            assertThat(policies(later))
                    .as("what was certified at first is kept with the request; the second one certifies nothing")
                    .contains(LIVES_IN_A_TPM);
        }
    }

    /// The five minutes are counted by the database's clock.
    @Test
    void a_node_whose_clock_runs_ahead_takes_no_answer_for_late() throws Exception {
        Customer customer = customer("umbrella");
        try (BoardOnWire wire = new BoardOnWire(HOUSE.target("umbrella"))) {
            ObjectNode first = BoardOnWire.asks(HOUSE.target("umbrella"), "board-1", board);
            ObjectNode answer = BoardOnWire.answers(first, wire.posts(first).body(), board);

            CLOCK.beOff(Duration.ofMinutes(10));
            Answer deferred = wire.posts(answer);
            CLOCK.beOff(Duration.ZERO);
            isEnrolled(customer);

            assertThat(deferred.status()).as(deferred.text()).isEqualTo(202);
            assertThat(wire.posts(answer).body().path("change").asText()).isEqualTo("unchanged");
        }
    }

    private static void isEnrolled(Customer customer) {
        Awaitility.await()
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> customer.devices().size() == 1);
    }

    private static Customer customer(String tenant) {
        Customer customer = Customer.create(HOUSE.operator(), tenant);
        MAKER.isTrustedBy(customer);
        return customer;
    }

    private static String policies(Answer answer) throws Exception {
        byte[] pem = answer.body().path("certificate").asText().getBytes(StandardCharsets.US_ASCII);
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        return HexFormat.of().formatHex(certificate.getExtensionValue(POLICIES));
    }
}
