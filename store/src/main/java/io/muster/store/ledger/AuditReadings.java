package io.muster.store.ledger;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit.Filter;
import io.muster.core.ledger.Audit.Kind;
import io.muster.store.audit.Digests;
import io.muster.store.audit.Kinds;
import io.muster.store.audit.Statement;
import io.muster.store.database.DatabaseClock;
import io.muster.store.lane.EntryRow;
import io.muster.store.lane.Lane;
import io.muster.store.lane.Outcome;
import io.muster.store.lane.Work;
import io.muster.store.roster.PostgresRoster;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Writes an entry for each reading of the audit, where the tenant wants it. It is durable before anything is shown.
final class AuditReadings {

    private final PostgresRoster roster;
    private final Sealing sealing;
    private final Lane lane;
    private final DatabaseClock clock;

    AuditReadings(PostgresRoster roster, Sealing sealing, Lane lane, DatabaseClock clock) {
        this.roster = roster;
        this.sealing = sealing;
        this.lane = lane;
        this.clock = clock;
    }

    /// @param tenant empty: whoever reads the installation's audit reads every tenant's
    void note(Optional<Name> tenant, Filter filter, Warrant warrant) {
        List<Name> wanting = roster.auditingReads();
        wanting.stream()
                .filter(name -> tenant.isEmpty() || tenant.get().equals(name))
                .forEach(name -> roster.number(name).ifPresent(number -> write(number, filter, warrant)));
    }

    /// Each reading is a subject of its own: it rests on nothing, and nobody waits for it.
    private void write(int tenant, Filter filter, Warrant warrant) {
        long at = clock.now().toEpochMilli();
        short slot = ByteBuffer.wrap(sealing.chance(2)).getShort();
        Octets id = sealing.newId(slot, at);
        Statement statement = Statement.of("audit", words(filter), Digests.NONE, warrant);
        EntryRow entry = new EntryRow(
                slot,
                id,
                1,
                tenant,
                Kinds.number(Kind.AUDIT_READ),
                at,
                warrant.actor(),
                sealing.newId(slot, at),
                sealing.ofTenant(tenant).seal(Address.of(Table.ENTRY, tenant, id, 1), statement.bytes()));
        Outcome outcome = lane.write(Work.leaving(entry, null).work());
        if (!(outcome instanceof Outcome.Written)) {
            throw new IllegalStateException("a reading rests on nothing");
        }
    }

    private static String words(Filter filter) {
        StringBuilder words = new StringBuilder("read");
        filter.actor().ifPresent(it -> words.append(", actor ").append(it));
        filter.kind().ifPresent(it -> words.append(", kind ").append(it));
        filter.subject().ifPresent(it -> words.append(", subject ").append(it));
        filter.since().ifPresent(it -> words.append(", since ").append(it));
        filter.until().ifPresent(it -> words.append(", until ").append(it));
        return words.toString();
    }
}
