package io.muster.server.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.attestors.tpm.testkit.Board;
import io.muster.fleet.dps.Target;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Installation;
import io.muster.server.tpm.BoardOnWire.Answer;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestKeys;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Challenges over the wire: answered twice, by others, elsewhere, and never.
class ChallengesTest {

    private static final AtomicInteger CUSTOMERS = new AtomicInteger();
    private static final ChipMaker MAKER = new ChipMaker();

    @AutoClose
    private static final Installation HOUSE = Installation.open();

    private final Customer customer = customer();
    private final Target target = HOUSE.target(customer.scope());
    private final BoardOnWire wire = new BoardOnWire(target);
    private final Board board = MAKER.board();

    ChallengesTest() throws Exception {}

    @AfterEach
    void hang_up() {
        wire.close();
    }

    @Test
    void the_same_answer_again_has_the_same_result_and_no_second_effect() throws Exception {
        ObjectNode first = BoardOnWire.asks(target, "board-1", board);
        ObjectNode answer = BoardOnWire.answers(first, challenge(first), board)
                .put(
                        "csr",
                        Base64.getEncoder()
                                .encodeToString(RequestSpec.of("board-1", TestKeys.p256())
                                        .der()));

        Answer one = wire.posts(answer);
        JsonNode device = customer.device("board-1");
        Answer other = wire.posts(answer);

        assertThat(one.status()).as(one.text()).isEqualTo(200);
        assertThat(other.status()).as(other.text()).isEqualTo(200);
        assertThat(other.body().path("deviceId")).isEqualTo(one.body().path("deviceId"));
        assertThat(one.body().path("certificate").asText()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(other.body().path("certificate")).isEqualTo(one.body().path("certificate"));
        assertThat(other.body().path("change").asText()).isEqualTo("unchanged");
        assertThat(customer.device("board-1")).isEqualTo(device);
    }

    @Test
    void a_continuation_with_the_answer_to_another_challenge_is_refused() throws Exception {
        ObjectNode first = BoardOnWire.asks(target, "board-1", board);
        ObjectNode mine = BoardOnWire.answers(first, challenge(first), board);
        ObjectNode other = BoardOnWire.answers(first, challenge(first), board);
        mine.set("answer", other.path("answer"));

        refused(mine, 401, "activation_wrong");
    }

    @Test
    void an_altered_continuation_is_refused() throws Exception {
        ObjectNode first = BoardOnWire.asks(target, "board-1", board);
        ObjectNode answer = BoardOnWire.answers(first, challenge(first), board);
        byte[] altered = Base64.getDecoder().decode(answer.path("continuation").asText());
        altered[altered.length / 2] ^= 1;
        answer.put("continuation", Base64.getEncoder().encodeToString(altered));

        refused(answer, 401, "continuation_invalid");
    }

    @Test
    void a_continuation_of_another_tenant_is_refused() throws Exception {
        ObjectNode first = BoardOnWire.asks(target, "board-1", board);
        ObjectNode answer = BoardOnWire.answers(first, challenge(first), board);
        Customer rival = customer();

        refused(answer.put("tenant", rival.scope()), 401, "continuation_invalid");

        assertThat(rival.devices()).isEmpty();
    }

    @Test
    void a_continuation_that_another_board_answers_is_refused() throws Exception {
        Board thief = MAKER.board();
        ObjectNode first = BoardOnWire.asks(target, "board-1", board);
        ObjectNode stolen = BoardOnWire.answers(first, challenge(first), board);
        stolen.set("tpm", BoardOnWire.asks(target, "board-1", thief).path("tpm"));

        refused(stolen, 401, "continuation_invalid");
    }

    @Test
    void a_continuation_under_another_name_is_refused() throws Exception {
        ObjectNode first = BoardOnWire.asks(target, "board-1", board);
        ObjectNode answer = BoardOnWire.answers(first, challenge(first), board);

        refused(answer.put("registrationId", "board-2"), 401, "continuation_invalid");
    }

    @Test
    void a_thousand_challenges_that_nobody_answers_leave_nothing_and_the_first_can_still_be_answered()
            throws Exception {
        ObjectNode first = BoardOnWire.asks(target, "board-1", board);
        JsonNode oldest = challenge(first);
        for (int i = 1; i < 1_000; i++) {
            ObjectNode other = first.deepCopy().put("registrationId", "board-" + (i + 1));
            assertThat(challenge(other).path("continuation").asText()).isNotEmpty();
        }

        assertThat(customer.devices()).isEmpty();
        Answer enrolled = wire.posts(BoardOnWire.answers(first, oldest, board));

        assertThat(enrolled.status()).as(enrolled.text()).isEqualTo(200);
        assertThat(customer.devices()).hasSize(1);
    }

    private JsonNode challenge(ObjectNode first) throws Exception {
        Answer answer = wire.posts(first);
        assertThat(answer.body().path("status").asText()).as(answer.text()).isEqualTo("challenge");
        return answer.body();
    }

    private void refused(ObjectNode body, int status, String code) throws Exception {
        Answer answer = wire.posts(body);
        assertThat(answer.body().path("code").asText()).as(answer.text()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(customer.devices()).isEmpty();
    }

    private static Customer customer() {
        Customer customer = Customer.create(HOUSE.operator(), "customer-" + CUSTOMERS.incrementAndGet());
        MAKER.isTrustedBy(customer);
        return customer;
    }
}
