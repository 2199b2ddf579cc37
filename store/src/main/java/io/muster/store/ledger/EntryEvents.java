package io.muster.store.ledger;

import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit.Place;
import io.muster.core.ledger.Event;
import io.muster.store.audit.Kinds;
import io.muster.store.ledger.AuditEntries.Stored;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.BrokenSealException;
import io.muster.store.sealing.Sealing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// Opens entries as what other systems are told of them.
public final class EntryEvents {

    /// The columns that [#read] wants, of `entry e` and `device_key k`, in its order.
    public static final String COLUMNS = AuditEntries.COLUMNS;

    /// How many columns they are.
    public static final int WIDTH = 12;

    /// An entry as it is stored; nothing is opened yet.
    public record Sealed(Place place, Instant at, Stored row) {}

    /// What becomes of an entry.
    public sealed interface Opened {

        record Told(Event event) implements Opened {}

        /// It is about no device: no sink is told.
        record Silent() implements Opened {}

        /// @param reason in words, with nothing secret
        record Unreadable(String reason) implements Opened {}
    }

    private final Sealing sealing;
    private final PostgresRoster roster;

    EntryEvents(Sealing sealing, PostgresRoster roster) {
        this.sealing = sealing;
        this.roster = roster;
    }

    public static Sealed read(ResultSet row) throws SQLException {
        Stored stored = AuditEntries.read(row);
        return new Sealed(stored.place(), Instant.ofEpochMilli(stored.at()), stored);
    }

    public Opened open(Sealed sealed) {
        Stored row = sealed.row();
        var kind = Kinds.of(row.kind());
        if (kind.isEmpty()) {
            return new Opened.Unreadable("a newer version of Muster wrote it, and this one does not know its kind");
        }
        var type = Event.Type.of(kind.get());
        return type.isEmpty() ? new Opened.Silent() : open(row, type.get());
    }

    /// A device without its key was erased. A key that does not open is another matter: the keyring may be an old one,
    /// and nobody must be told that a device is gone because of that.
    private Opened open(Stored row, Event.Type type) {
        DeviceId device = new DeviceId(Ids.uuid(row.subject()));
        Name tenant = roster.name(row.tenant()).orElseThrow();
        Instant at = Instant.ofEpochMilli(row.at());
        if (row.wrapped() == null) {
            return new Opened.Told(new Event.Erased(device, row.version(), tenant, at));
        }
        try {
            var key = sealing.deviceKey(row.tenant(), row.subject(), row.bucketKey(), row.wrapped());
            Address address = Address.of(Table.ENTRY, row.tenant(), row.subject(), row.version());
            var shown = Entries.show(row.kind(), key.seal().open(address, row.sealed()));
            return new Opened.Told(new Event.Changed(
                    device, row.version(), tenant, at, type, shown.portrait(), shown.issued(), shown.ended()));
        } catch (BrokenSealException e) {
            return new Opened.Unreadable("it does not open under the keys in the keyring");
        }
    }
}
