package io.muster.store.ledger;

import io.muster.core.device.Name;
import io.muster.core.ledger.Audit.Entry;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.ledger.Audit.Place;
import io.muster.store.audit.Digests;
import io.muster.store.audit.Kinds;
import io.muster.store.audit.Statement;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.BrokenSealException;
import io.muster.store.sealing.DeviceKey;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens audit entries. What nobody can open any more, since its device was erased, still has its place.
final class AuditEntries {

    /// The columns that [#read] wants, of `entry e` and `device_key k`, in its order.
    static final String COLUMNS = "e.lane, e.seq, e.at, e.tenant, e.version, e.kind, e.subject_id, e.actor,"
            + " e.leaf_hash, e.sealed, k.bucket_key, k.wrapped";

    private static final Statement ERASED = new Statement("erased", "", Digests.NONE, "", "");

    /// A row as it is stored; nothing is opened yet.
    ///
    /// @param wrapped the key of the device that it is about; null where it is about none
    record Stored(
            Place place,
            long at,
            int tenant,
            int version,
            short kind,
            Octets subject,
            String actor,
            Octets leaf,
            Octets sealed,
            int bucketKey,
            @Nullable Octets wrapped) {}

    private final Sealing sealing;
    private final PostgresRoster roster;

    AuditEntries(Sealing sealing, PostgresRoster roster) {
        this.sealing = sealing;
        this.roster = roster;
    }

    static Stored read(ResultSet row) throws SQLException {
        byte[] wrapped = row.getBytes(12);
        return new Stored(
                new Place(row.getInt(1), row.getLong(2)),
                row.getLong(3),
                row.getInt(4),
                row.getInt(5),
                row.getShort(6),
                Octets.of(row.getBytes(7)),
                row.getString(8),
                Octets.of(row.getBytes(9)),
                Octets.of(row.getBytes(10)),
                row.getInt(11),
                wrapped == null ? null : Octets.of(wrapped));
    }

    /// Empty where a newer version of Muster wrote it.
    Optional<Entry> open(Stored stored) {
        return Kinds.of(stored.kind()).map(kind -> open(stored, kind));
    }

    private Entry open(Stored stored, Kind kind) {
        Statement told = tell(stored);
        Optional<Name> tenant = stored.tenant() == 0 ? Optional.empty() : roster.name(stored.tenant());
        return new Entry(
                stored.place(),
                Instant.ofEpochMilli(stored.at()),
                tenant,
                kind,
                stored.actor(),
                told.subject(),
                told.detail(),
                told.digests().before(),
                told.digests().after(),
                told.request(),
                told.address(),
                stored.leaf().hex());
    }

    private Statement tell(Stored stored) {
        try {
            if (stored.wrapped() == null) {
                return Kinds.aboutDevice(stored.kind()) ? ERASED : ofTenant(stored);
            }
            DeviceKey key = sealing.deviceKey(stored.tenant(), stored.subject(), stored.bucketKey(), stored.wrapped());
            return Kinds.ofDevice(stored.kind()) ? ofDevice(stored, key) : Entries.statement(opened(stored, key));
        } catch (BrokenSealException e) {
            return ERASED;
        }
    }

    private Statement ofTenant(Stored stored) {
        Address address = Address.of(Table.ENTRY, stored.tenant(), stored.subject(), stored.version());
        return Statement.read(sealing.ofTenant(stored.tenant()).open(address, stored.sealed()));
    }

    private static byte[] opened(Stored stored, DeviceKey key) {
        Address address = Address.of(Table.ENTRY, stored.tenant(), stored.subject(), stored.version());
        return key.seal().open(address, stored.sealed());
    }

    private static Statement ofDevice(Stored stored, DeviceKey key) {
        Entries.Told told = Entries.read(stored.tenant(), stored.subject(), stored.version(), stored.sealed(), key);
        return new Statement(
                "device:" + told.name().display(),
                "by enrollment " + told.origin(),
                Digests.NONE,
                told.attempt().toString(),
                "");
    }
}
