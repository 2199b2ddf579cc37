package io.muster.store.roster;

import io.muster.core.access.Warrant;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.roster.Enrollment;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    /// Writes of many enrollments of a tenant that each was created.
    void enrolled(Journal journal, int tenant, List<Enrollment> enrollments, Warrant warrant) throws SQLException {
        Map<Octets, Deed> bySubject = new LinkedHashMap<>();
        enrollments.forEach(one -> {
            Deed deed = enrollment(Kind.ENROLLMENT_CREATED, one, Digests.born(EnrollmentForm.write(one)));
            bySubject.put(place(index, tenant, deed.subject()).id(), deed);
        });
        journal.appendAll(
                List.copyOf(bySubject.keySet()),
                (subject, version) -> row(tenant, Objects.requireNonNull(bySubject.get(subject)), warrant, version));
    }

    /// What is written of each enrollment that is made or changed.
    static Deed enrollment(Kind kind, Enrollment enrollment, Digests digests) {
        String detail = "version " + enrollment.version() + ", by "
                + enrollment.proof().words() + ", " + (enrollment.enabled() ? "enabled" : "disabled");
        return new Deed(kind, "enrollment:" + enrollment.name(), detail, digests);
    }

    /// @param tenant its number; 0 for what belongs to the installation
    public void write(Journal journal, int tenant, Deed deed, Warrant warrant) throws SQLException {
        Indexed indexed = place(index, tenant, deed.subject());
        journal.append(indexed.slot(), indexed.id(), version -> row(tenant, deed, warrant, version));
    }

    private EntryRow row(int tenant, Deed deed, Warrant warrant, int version) {
        Indexed indexed = place(index, tenant, deed.subject());
        byte[] body = Statement.of(deed.subject(), deed.detail(), deed.digests(), warrant)
                .bytes();
        long at = clock.millis();
        return new EntryRow(
                indexed.slot(),
                indexed.id(),
                version,
                tenant,
                Kinds.number(deed.kind()),
                at,
                warrant.actor(),
                sealing.newId(indexed.slot(), at),
                sealing.ofTenant(tenant).seal(Address.of(Table.ENTRY, tenant, indexed.id(), version), body));
    }
}
