package io.muster.store.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Devices;
import io.muster.store.database.Query;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Octets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;

/// Devices for operators: one by its name, or pages in the order of (slot, id).
public final class PostgresDevices implements Devices {

    private static final int ID_BYTES = 16;

    private static final String ALL = """

            FROM device d JOIN device_key k ON k.slot = d.slot AND k.device_id = d.device_id
            WHERE (d.slot, d.device_id) > (?, ?) AND d.tenant = ?""";

    /// In the same order, led by those that say something of themselves.
    private static final String FOUND_BY = """

            FROM facet f JOIN device d ON d.slot = f.slot AND d.device_id = f.device_id
            JOIN device_key k ON k.slot = d.slot AND k.device_id = d.device_id
            WHERE (f.slot, f.device_id) > (?, ?) AND f.tenant = ? AND f.bi = ?""";

    private static final String NARROWED = """

              AND (?::text IS NULL OR d.enrollment = ?) AND (?::text IS NULL OR d.region = ?)
              AND (?::text IS NULL OR d.hub = ?) AND (?::smallint IS NULL OR d.state = ?)
              AND (?::text IS NULL OR d.type = ?)""" + " AND " + Narrow.DEVICE + """

            ORDER BY d.slot, d.device_id LIMIT ?""";

    private static final String CENSUS = """
            SELECT (SELECT count(*) FROM device),
                   (SELECT sum(pg_total_relation_size(to_regclass(name))) FROM unnest(
                     ARRAY['device', 'device_key', 'binding', 'entry', 'attempt', 'operation', 'credential',
                           'revocation', 'token', 'token_use', 'facet', 'presence']) AS name)""";

    private record Row(Position position, Device device) {}

    private final Query query;
    private final PostgresRoster roster;
    private final DeviceRows rows;
    private final Look look;
    private final Facets facets;

    PostgresDevices(Query query, PostgresRoster roster, DeviceRows rows, Look look, Facets facets) {
        this.query = query;
        this.roster = roster;
        this.rows = rows;
        this.look = look;
        this.facets = facets;
    }

    @Override
    public Optional<Device> find(Name tenant, String id) {
        return roster.number(tenant)
                .flatMap(number -> RegistrationId.parse(id).flatMap(name -> look.named(number, tenant, name)));
    }

    @Override
    public Page list(Name tenant, Filter filter, Optional<String> cursor, int limit) {
        Position from = Position.parse(cursor, ID_BYTES);
        Optional<Integer> number = roster.number(tenant);
        if (number.isEmpty()) {
            return new Page(List.of(), Optional.empty());
        }
        Narrow narrow = Narrow.to(filter.scope(), number.get(), roster);
        Optional<Octets> fact = filter.fact().map(it -> facets.of(number.get(), it));
        List<Row> found = query.all(
                "SELECT d.slot, " + DeviceRows.COLUMNS + (fact.isPresent() ? FOUND_BY : ALL) + NARROWED,
                statement -> {
                    statement.setShort(1, from.slot());
                    statement.setBytes(2, from.id().raw());
                    statement.setInt(3, number.get());
                    int at = 4;
                    if (fact.isPresent()) {
                        statement.setBytes(at++, fact.get().raw());
                    }
                    bind(statement, at, filter.enrollment().map(it -> roster.gate(tenant, it)));
                    bind(statement, at + 2, filter.region().map(Name::value));
                    bind(statement, at + 4, filter.hub().map(Name::value));
                    Short state = filter.state().map(DeviceForm::number).orElse(null);
                    statement.setObject(at + 6, state, Types.SMALLINT);
                    statement.setObject(at + 7, state, Types.SMALLINT);
                    bind(statement, at + 8, filter.type());
                    narrow.bind(statement, at + 10);
                    statement.setInt(at + 14, limit + 1);
                },
                row -> new Row(
                        new Position(row.getShort(1), Octets.of(row.getBytes(2))),
                        rows.open(DeviceRows.read(row, 2), number.get(), tenant)));
        List<Row> items = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next =
                found.size() > limit ? Optional.of(items.getLast().position().text()) : Optional.empty();
        return new Page(items.stream().map(Row::device).toList(), next);
    }

    @Override
    public Census census() {
        return query.one(CENSUS, statement -> {}, row -> new Census(row.getLong(1), row.getLong(2)))
                .orElseThrow();
    }

    private static void bind(PreparedStatement statement, int position, Optional<String> value) throws SQLException {
        statement.setString(position, value.orElse(null));
        statement.setString(position + 1, value.orElse(null));
    }
}
