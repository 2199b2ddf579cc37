package io.muster.store.roster;

import io.muster.core.access.Warrant;
import io.muster.core.roster.Enrollment;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    /// What is written of each enrollment that is made or changed.
    static String detail(Enrollment enrollment) {
        return "version " + enrollment.version() + ", by " + enrollment.proof().words() + ", "
                + (enrollment.enabled() ? "enabled" : "disabled");
    }

    /// Writes of many enrollments of a tenant that each was created.
    void enrolled(Journal journal, int tenant, List<Enrollment> enrollments, Warrant warrant) throws SQLException {
        Map<Octets, Enrollment> bySubject = new LinkedHashMap<>();
        enrollments.forEach(one -> bySubject.put(indexed(tenant, subject(one)).id(), one));
        journal.appendAll(List.copyOf(bySubject.keySet()), (subject, version) -> {
            Enrollment one = Objects.requireNonNull(bySubject.get(subject));
            Indexed indexed = indexed(tenant, subject(one));
            return row(indexed, version, tenant, Deed.ENROLLMENT_CREATED, subject(one), detail(one), warrant);
        });
    }

    static String subject(Enrollment enrollment) {
        return "enrollment:" + enrollment.name();
    }

    private Indexed indexed(int tenant, String subject) {
        return index.index(tenant, Kind.OBJECT, subject.getBytes(StandardCharsets.UTF_8));
    }

    private EntryRow row(
            Indexed indexed, int version, int tenant, Deed deed, String subject, String detail, Warrant warrant) {
        long at = now();
        return new EntryRow(
                indexed.slot(),
                indexed.id(),
                version,
                tenant,
                deed.number,
                at,
                warrant.actor(),
                sealing.newId(indexed.slot(), at),
                sealing.ofTenant(tenant)
                        .seal(
                                Address.of(Table.ENTRY, tenant, indexed.id(), version),
                                new Packer(FORM).text(subject).text(detail).bytes()));
    }

    /// @param subject kind and name of what was changed, such as `hub:eu-1`
    /// @param detail  what it became, in words without secrets
    void write(Journal journal, int tenant, Deed deed, String subject, String detail, Warrant warrant)
            throws SQLException {
        Indexed indexed = indexed(tenant, subject);
        journal.append(
                indexed.slot(), indexed.id(), version -> row(indexed, version, tenant, deed, subject, detail, warrant));
    }
}
