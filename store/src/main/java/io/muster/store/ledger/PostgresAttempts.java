package io.muster.store.ledger;

import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempts;
import io.muster.store.database.Query;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Seal;
import io.muster.store.sealing.Sealing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Attempts for operators. The number of an attempt carries its slot, so that it is found among the few of that slot.
public final class PostgresAttempts implements Attempts {

    /// What [#read] wants, of `attempt a` and `device_key k`, in its order.
    static final String SELECT =
            "SELECT a.attempt_id, a.verdict, a.device_id, a.bucket_key, a.sealed, k.bucket_key, k.wrapped";

    private static final String ROWS =
            SELECT + " FROM attempt a LEFT JOIN device_key k ON k.slot = a.slot AND k.device_id = a.device_id";

    private static final String OF_NAME =
            ROWS + " WHERE a.slot = ? AND a.subject_id = ? AND (?::text[] IS NULL OR a.enrollment = ANY(?))"
                    + " AND (?::text[] IS NULL OR EXISTS (SELECT 1 FROM device d WHERE d.slot = a.slot"
                    + " AND d.device_id = a.device_id AND d.region = ANY(?)))"
                    + " ORDER BY a.attempt_id DESC LIMIT ?";

    private static final String BY_NUMBER = ROWS + " WHERE a.slot = ? AND a.attempt_id = ? AND a.tenant = ?";

    private final Query query;
    private final PostgresRoster roster;
    private final Sealing sealing;
    private final Ids ids;
    private final AttemptForm form;

    PostgresAttempts(Query query, PostgresRoster roster, Sealing sealing, Ids ids, AttemptForm form) {
        this.query = query;
        this.roster = roster;
        this.sealing = sealing;
        this.ids = ids;
        this.form = form;
    }

    @Override
    public List<Attempt> of(Name tenant, Scope scope, RegistrationId name, int limit) {
        Optional<Integer> number = roster.number(tenant);
        if (number.isEmpty()) {
            return List.of();
        }
        Indexed indexed = ids.name(number.get(), name);
        return query.all(
                OF_NAME,
                statement -> {
                    statement.setShort(1, indexed.slot());
                    statement.setBytes(2, indexed.id().raw());
                    Narrow.to(scope, number.get(), roster).bind(statement, 3);
                    statement.setInt(7, limit);
                },
                row -> read(row, number.get(), tenant));
    }

    @Override
    public Optional<Attempt> find(Name tenant, AttemptId id) {
        Octets attempt = Ids.octets(id.value());
        return roster.number(tenant)
                .flatMap(number -> query.one(
                        BY_NUMBER,
                        statement -> {
                            statement.setShort(1, attempt.slot());
                            statement.setBytes(2, attempt.raw());
                            statement.setInt(3, number);
                        },
                        row -> read(row, number, tenant)));
    }

    Attempt read(ResultSet row, int number, Name tenant) throws SQLException {
        Octets id = Octets.of(row.getBytes(1));
        byte[] device = row.getBytes(3);
        Seal seal = device == null
                ? sealing.ofBucket(number, row.getInt(4))
                : sealing.deviceKey(number, Octets.of(device), row.getInt(6), Octets.of(row.getBytes(7)))
                        .seal();
        byte[] plain = seal.open(Address.of(Table.ATTEMPT, number, id), Octets.of(row.getBytes(5)));
        return form.read(new AttemptId(Ids.uuid(id)), tenant, row.getShort(2), plain);
    }
}
