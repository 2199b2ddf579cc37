package io.muster.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.ledger.Creations.Kept;
import io.muster.store.sealing.Octets;
import io.muster.store.testkit.TestServer;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Counts at moments of the test's choosing: the time is a column like others.
class ClaimCountTest {

    private static final Kept DONE = new Kept.Done();
    private static final Octets NOWHERE = Octets.of(new byte[0]);

    /// Three in a minute, two in a second.
    private static ClaimCount at(long now, String spent, String networks) throws SQLException {
        String sql = "SELECT 0::smallint, true, 3::bigint, 60000::bigint, " + spent + ", 2, decode('" + networks
                + "', 'hex'), 1000000::bigint, " + now + "::bigint";
        try (Connection connection = TestServer.EXTERNAL.fresh().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return ClaimCount.read(row, 1);
        }
    }

    @Test
    void a_window_and_a_second_begin_with_their_first_certificate() throws SQLException {
        ClaimCount fresh = at(100_000, "0::bigint, 0::bigint, 0::bigint, 0", "");
        assertThat(fresh.grant(NOWHERE)).isEqualTo(DONE);
        assertThat(fresh.windowStart()).isEqualTo(100_000);
        assertThat(fresh.secondStart()).isEqualTo(100_000);
        assertThat(fresh.grant(NOWHERE)).isEqualTo(DONE);
        assertThat(fresh.grant(NOWHERE)).isEqualTo(new Kept.TooFast(2));
        assertThat(fresh.spent()).isEqualTo(2);

        ClaimCount next = at(101_000, "100000::bigint, 2::bigint, 100000::bigint, 2", "");
        assertThat(next.grant(NOWHERE)).isEqualTo(DONE);
        assertThat(next.windowStart()).isEqualTo(100_000);
        assertThat(next.secondStart()).isEqualTo(101_000);
        assertThat(next.grant(NOWHERE)).isEqualTo(new Kept.Spent(3, Duration.ofMinutes(1)));
        assertThat(next.secondSpent()).isEqualTo(1);
    }

    @Test
    void to_the_millisecond_a_window_is_over_when_its_length_is_over() throws SQLException {
        String spent = "100000::bigint, 3::bigint, 100000::bigint, 0";
        assertThat(at(159_999, spent, "").grant(NOWHERE)).isInstanceOf(Kept.Spent.class);
        ClaimCount over = at(160_000, spent, "");
        assertThat(over.grant(NOWHERE)).isEqualTo(DONE);
        assertThat(over.spent()).isEqualTo(1);
    }

    @Test
    void a_claim_is_over_at_its_end() throws SQLException {
        String spent = "0::bigint, 0::bigint, 0::bigint, 0";
        assertThat(at(999_999, spent, "").grant(NOWHERE)).isEqualTo(DONE);
        assertThat(at(1_000_000, spent, "").grant(NOWHERE)).isEqualTo(new Kept.Ended());
    }

    @Test
    void networks_are_counted_once_each_and_to_255() throws SQLException {
        StringBuilder known = new StringBuilder();
        for (int i = 0; i < 254; i++) {
            known.append(network(i).hex());
        }
        ClaimCount count = at(200_000, "0::bigint, 0::bigint, 0::bigint, 0", known.toString());
        count.grant(network(7));
        count.grant(NOWHERE);
        assertThat(count.networks().length()).isEqualTo(254 * 4);
        ClaimCount more = at(200_000, "0::bigint, 0::bigint, 0::bigint, 0", known.toString());
        more.grant(network(1000));
        more.grant(network(1001));
        assertThat(more.networks().length()).isEqualTo(255 * 4);
    }

    private static Octets network(int number) {
        return Octets.of(ByteBuffer.allocate(4).putInt(number).array());
    }
}
