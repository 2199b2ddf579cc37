package io.muster.store.lane;

import io.muster.store.database.Bind;
import io.muster.store.lane.CredentialChange.End;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

/// Certificates, how they end, and what the CRLs will say of it, as one batch writes them.
final class CertificateSheets {

    private static final String FRESH = """
            INSERT INTO credential (not_after, tenant, slot, state, crl_shard, serial_bi, device_id, issuer, sealed)
            SELECT * FROM unnest(?::bigint[], ?::int[], ?::smallint[], ?::smallint[], ?::smallint[], ?::bytea[],
                                 ?::bytea[], ?::bytea[], ?::bytea[])""";

    private static final String MOVED = """
            UPDATE credential c
            SET state = u.state
            FROM unnest(?::smallint[], ?::int[], ?::bytea[], ?::smallint[]) AS u(slot, tenant, serial_bi, state)
            WHERE c.slot = u.slot AND c.tenant = u.tenant AND c.serial_bi = u.serial_bi""";

    /// What ended keeps the time of its first end: nothing that was signed with it meanwhile becomes good again.
    private static final String ENDED = """
            UPDATE credential c
            SET state = u.state, ended_at = coalesce(c.ended_at, u.ended_at), reason = u.reason
            FROM unnest(?::smallint[], ?::int[], ?::bytea[], ?::smallint[], ?::bigint[], ?::smallint[])
              AS u(slot, tenant, serial_bi, state, ended_at, reason)
            WHERE c.slot = u.slot AND c.tenant = u.tenant AND c.serial_bi = u.serial_bi""";

    private static final String REVOKED = """
            INSERT INTO revocation (at, not_after, seq, lane, shard, reason, issuer, serial)
            SELECT * FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::smallint[], ?::smallint[],
                                 ?::bytea[], ?::bytea[])
            ON CONFLICT (issuer, shard, serial) DO UPDATE
            SET reason = excluded.reason, lane = excluded.lane, seq = excluded.seq""";

    private static final String ADOPTED = """
            UPDATE creation c
            SET state = 1, device_slot = u.device_slot, device_id = u.device_id
            FROM unnest(?::smallint[], ?::int[], ?::bytea[], ?::smallint[], ?::bytea[])
              AS u(slot, tenant, serial_bi, device_slot, device_id)
            WHERE c.slot = u.slot AND c.tenant = u.tenant AND c.serial_bi = u.serial_bi""";

    private record Ended(CredentialChange row, End end, int lane, long seq) {

        static final Comparator<Ended> KEY_ORDER = Comparator.comparing(Ended::row, CredentialChange.KEY_ORDER);
    }

    private final Sheet<CredentialRow> fresh = new Sheet<>(FRESH, CertificateSheets::bindFresh);
    private final Sheet<CredentialChange> moved = new Sheet<>(MOVED, CertificateSheets::bindMoved);
    private final Sheet<Ended> ended = new Sheet<>(ENDED, CertificateSheets::bindEnded);
    private final Sheet<Adoption> adopted = new Sheet<>(ADOPTED, CertificateSheets::bindAdopted);
    private final Sheet<Ended> revoked = new Sheet<>(REVOKED, CertificateSheets::bindRevoked);

    void collect(Candidate candidate, int lane, long seq) {
        Work work = candidate.work();
        if (candidate.adopting()) {
            adopted.add(Adoptions.adoption(candidate));
        }
        if (work.credential() != null) {
            fresh.add(work.credential());
        }
        for (CredentialChange change : work.credentials()) {
            if (change.end() == null) {
                moved.add(change);
            } else {
                Ended row = new Ended(change, change.end(), lane, seq);
                ended.add(row);
                revoked.add(row);
            }
        }
    }

    List<Sheet<?>> sheets() {
        moved.rows().sort(CredentialChange.KEY_ORDER);
        ended.rows().sort(Ended.KEY_ORDER);
        return List.of(fresh, moved, ended, revoked, adopted);
    }

    private static Bind<CredentialRow> bindFresh(Bind<CredentialRow> bind) throws SQLException {
        return bind.longs(CredentialRow::notAfter)
                .ints(CredentialRow::tenant)
                .shorts(CredentialRow::slot)
                .shorts(CredentialRow::state)
                .shorts(CredentialRow::shard)
                .octets(CredentialRow::serialBi)
                .octets(CredentialRow::deviceId)
                .octets(CredentialRow::issuer)
                .octets(CredentialRow::sealed);
    }

    private static Bind<CredentialChange> bindMoved(Bind<CredentialChange> bind) throws SQLException {
        return bind.shorts(CredentialChange::slot)
                .ints(CredentialChange::tenant)
                .octets(CredentialChange::serialBi)
                .shorts(CredentialChange::state);
    }

    private static Bind<Adoption> bindAdopted(Bind<Adoption> bind) throws SQLException {
        return bind.shorts(Adoption::slot)
                .ints(Adoption::tenant)
                .octets(Adoption::serialBi)
                .shorts(Adoption::deviceSlot)
                .octets(Adoption::deviceId);
    }

    private static Bind<Ended> bindEnded(Bind<Ended> bind) throws SQLException {
        return bind.shorts(e -> e.row().slot())
                .ints(e -> e.row().tenant())
                .octets(e -> e.row().serialBi())
                .shorts(e -> e.row().state())
                .longs(e -> e.end().at())
                .shorts(e -> e.end().reason());
    }

    private static Bind<Ended> bindRevoked(Bind<Ended> bind) throws SQLException {
        return bind.longs(e -> e.end().at())
                .longs(e -> e.end().notAfter())
                .longs(Ended::seq)
                .ints(Ended::lane)
                .shorts(e -> e.end().shard())
                .shorts(e -> e.end().reason())
                .octets(e -> e.end().issuer())
                .octets(e -> e.end().serial());
    }
}
