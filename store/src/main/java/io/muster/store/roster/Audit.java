package io.muster.store.roster;

import io.muster.core.access.Warrant;
import io.muster.core.ledger.Audit.Kind;
import io.muster.store.audit.Digests;
import io.muster.store.audit.Kinds;
import io.muster.store.audit.Statement;
import io.muster.store.lane.EntryRow;
import io.muster.store.lane.Journal;
import io.muster.store.sealing.Address;
import io.muster.store.sealing.Address.Table;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Indexed;
import io.muster.store.sealing.Octets;
import io.muster.store.sealing.Sealing;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;

/// Writes the audit entries of operators' changes.
public final class Audit {

    /// What an operator did.
    ///
    /// @param subject kind and name of what was changed, such as `hub:eu-1`
    /// @param detail  what it became, in words without secrets
    /// @param digests what it was and became
    public record Deed(Kind kind, String subject, String detail, Digests digests) {}

    private final Sealing sealing;
    private final BlindIndex index;
    private final InstantSource clock;

    public Audit(Sealing sealing, BlindIndex index, InstantSource clock) {
        this.sealing = sealing;
        this.index = index;
        this.clock = clock;
    }

    /// Under which slot and id the entries of a subject stand.
    public static Indexed place(BlindIndex index, int tenant, String subject) {
        return index.index(tenant, BlindIndex.Kind.OBJECT, subject.getBytes(StandardCharsets.UTF_8));
    }

    /// @param tenant its number; 0 for what belongs to the installation
    public void write(Journal journal, int tenant, Deed deed, Warrant warrant) throws SQLException {
        Indexed indexed = place(index, tenant, deed.subject());
        byte[] body = Statement.of(deed.subject(), deed.detail(), deed.digests(), warrant)
                .bytes();
        long at = clock.millis();
        Octets act = sealing.newId(indexed.slot(), at);
        journal.append(
                indexed.slot(),
                indexed.id(),
                version -> new EntryRow(
                        indexed.slot(),
                        indexed.id(),
                        version,
                        tenant,
                        Kinds.number(deed.kind()),
                        at,
                        warrant.actor(),
                        act,
                        sealing.ofTenant(tenant).seal(Address.of(Table.ENTRY, tenant, indexed.id(), version), body)));
    }
}
