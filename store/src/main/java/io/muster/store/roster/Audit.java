package io.muster.store.roster;

import io.muster.core.access.Warrant;
import io.muster.store.lane.EntryRow;
import io.muster.store.lane.Journal;
import io.muster.store.pack.Packer;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.BlindIndex.Kind;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;

/// Writes the audit entries of operators' changes.
final class Audit {

    /// What an operator did; the numbers are those of table `entry` and never change.
    enum Deed {
        TENANT_CREATED(20),
        HUB_CREATED(21),
        ENROLLMENT_CREATED(22),
        ENROLLMENT_CHANGED(23),
        PROFILE_CREATED(24),
        PROFILE_CHANGED(25);

        private final short number;

        Deed(int number) {
            this.number = (short) number;
        }
    }

    private static final int FORM = 1;

    private final Sealing sealing;
    private final BlindIndex index;
    private final InstantSource clock;

    Audit(Sealing sealing, BlindIndex index, InstantSource clock) {
        this.sealing = sealing;
        this.index = index;
        this.clock = clock;
    }

    long now() {
        return clock.millis();
    }

    /// @param subject kind and name of what was changed, such as `hub:eu-1`
    /// @param detail  what it became, in words without secrets
    void write(Journal journal, int tenant, Deed deed, String subject, String detail, Warrant warrant)
            throws SQLException {
        Indexed indexed = index.index(tenant, Kind.OBJECT, subject.getBytes(StandardCharsets.UTF_8));
        byte[] body = new Packer(FORM).text(subject).text(detail).bytes();
        long at = now();
        Octets act = sealing.newId(indexed.slot(), at);
        journal.append(
                indexed.slot(),
                indexed.id(),
                version -> new EntryRow(
                        indexed.slot(),
                        indexed.id(),
                        version,
                        tenant,
                        deed.number,
                        at,
                        warrant.actor(),
                        act,
                        sealing.ofTenant(tenant).seal(Address.of(Table.ENTRY, tenant, indexed.id(), version), body)));
    }
}
