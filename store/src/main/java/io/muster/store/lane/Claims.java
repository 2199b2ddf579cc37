package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.sealing.Octets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Steps 4 and 5: all new names and keys of the batch are claimed in one statement in the order of their primary key,
/// so that nodes wait for one another and never in a ring; who holds the others is read back.
final class Claims {

    private static final String TAKE = """
            INSERT INTO binding (slot, kind, tenant, state, device_slot, bi, device_id)
            SELECT u.slot, u.kind, u.tenant, u.state, u.device_slot, u.bi, u.device_id
            FROM unnest(?::smallint[], ?::smallint[], ?::int[], ?::smallint[], ?::smallint[], ?::bytea[], ?::bytea[])
              AS u(slot, kind, tenant, state, device_slot, bi, device_id)
            ORDER BY u.slot, u.tenant, u.kind, u.bi
            ON CONFLICT DO NOTHING
            RETURNING bi""";

    private static final String READ_BACK = """
            SELECT b.bi, b.state, b.device_id
            FROM unnest(?::smallint[], ?::smallint[], ?::int[], ?::bytea[]) AS u(slot, kind, tenant, bi)
            JOIN binding b ON b.slot = u.slot AND b.tenant = u.tenant AND b.kind = u.kind AND b.bi = u.bi""";

    private static final String GIVE_BACK = """
            DELETE FROM binding b
            USING unnest(?::smallint[], ?::smallint[], ?::int[], ?::bytea[]) AS u(slot, kind, tenant, bi)
            WHERE b.slot = u.slot AND b.tenant = u.tenant AND b.kind = u.kind AND b.bi = u.bi""";

    private record Claim(Candidate candidate, BindingRow row) {}

    private record Holder(short state, @Nullable Octets deviceId) {}

    private Claims() {}

    static void run(Connection connection, List<Candidate> candidates) throws SQLException {
        List<Claim> wanted = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.alive()) {
                candidate.work().claims().forEach(row -> wanted.add(new Claim(candidate, row)));
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        Set<Octets> mine = take(connection, wanted);
        List<Claim> missed = new ArrayList<>();
        for (Claim claim : wanted) {
            if (mine.contains(claim.row().bi())) {
                claim.candidate().took(claim.row());
            } else {
                missed.add(claim);
            }
        }
        judge(missed, missed.isEmpty() ? Map.of() : readBack(connection, missed));
    }

    /// What a loser took is given back: only rows that this batch inserted.
    static void giveBack(Connection connection, List<Candidate> candidates) throws SQLException {
        List<BindingRow> rows = candidates.stream()
                .filter(candidate -> !candidate.alive())
                .flatMap(candidate -> candidate.taken().stream())
                .sorted(BindingRow.KEY_ORDER)
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(GIVE_BACK)) {
            keys(Bind.of(statement, rows));
            int deleted = statement.executeUpdate();
            if (deleted != rows.size()) {
                throw new IllegalStateException("a binding of this batch was deleted by somebody else");
            }
        }
    }

    private static Set<Octets> take(Connection connection, List<Claim> wanted) throws SQLException {
        List<BindingRow> rows =
                wanted.stream().map(Claim::row).sorted(BindingRow.KEY_ORDER).toList();
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            Bind.of(statement, rows)
                    .shorts(BindingRow::slot)
                    .shorts(BindingRow::kind)
                    .ints(BindingRow::tenant)
                    .shorts(BindingRow::state)
                    .shorts(BindingRow::deviceSlot)
                    .octets(BindingRow::bi)
                    .octets(BindingRow::deviceId);
            Set<Octets> mine = HashSet.newHashSet(rows.size());
            try (ResultSet returned = statement.executeQuery()) {
                while (returned.next()) {
                    mine.add(Octets.of(returned.getBytes(1)));
                }
            }
            return mine;
        }
    }

    private static Map<Octets, Holder> readBack(Connection connection, List<Claim> missed) throws SQLException {
        List<BindingRow> rows = missed.stream().map(Claim::row).toList();
        Map<Octets, Holder> holders = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ_BACK)) {
            keys(Bind.of(statement, rows));
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    byte[] device = found.getBytes(3);
                    holders.put(
                            Octets.of(found.getBytes(1)),
                            new Holder(found.getShort(2), device == null ? null : Octets.of(device)));
                }
            }
        }
        return holders;
    }

    private static void judge(List<Claim> missed, Map<Octets, Holder> holders) {
        for (Claim claim : missed) {
            Holder holder = holders.get(claim.row().bi());
            Candidate candidate = claim.candidate();
            if (holder == null) {
                candidate.lose(new Outcome.Moved("a name or key was released a moment ago"));
            } else if (holder.state() == BindingRow.BLOCKED
                    || !Objects.equals(claim.row().deviceId(), holder.deviceId())) {
                candidate.lose(new Outcome.Held(claim.row(), holder.state()));
            } else {
                candidate.takesBack(claim.row());
            }
        }
    }

    private static void keys(Bind<BindingRow> bind) throws SQLException {
        bind.shorts(BindingRow::slot)
                .shorts(BindingRow::kind)
                .ints(BindingRow::tenant)
                .octets(BindingRow::bi);
    }
}
