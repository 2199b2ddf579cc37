package io.muster.store.roster;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registered.Done;
import io.muster.core.roster.Registered.Exists;
import io.muster.core.roster.Registered.Full;
import io.muster.core.roster.Registered.Missing;
import io.muster.core.roster.Registered.Needed;
import io.muster.core.roster.Registered.Stale;
import io.muster.core.roster.RegisteredAnchor;
import io.muster.core.roster.RegisteredAnchors;
import io.muster.store.audit.Digests;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.lane.Journal;
import io.muster.store.lane.Lane;
import io.muster.store.roster.Audit.Deed;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Sealing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Anchors in the database. A change runs in the lane while all lanes stand still, as every change of the roster does.
/// What a device is judged by stands in its enrollment; of anchors, nodes remember which authorities are verified, and
/// learn of a change by a new edition. No commit rests on one, so the tenant's epoch stays.
public final class PostgresAnchors implements RegisteredAnchors {

    private final Lane lane;
    private final Query query;
    private final AnchorRows rows;
    private final Audit audit;

    public PostgresAnchors(Database database, Lane lane, Sealing sealing, BlindIndex index, InstantSource clock) {
        this.lane = lane;
        this.query = new Query(database);
        this.rows = new AnchorRows(sealing);
        this.audit = new Audit(sealing, index, clock);
    }

    @Override
    public Registered<RegisteredAnchor> register(RegisteredAnchor first, Warrant warrant) {
        return lane.change(
                (connection, journal) -> {
                    OptionalInt tenant = RosterRows.tenant(connection, first.tenant());
                    if (tenant.isEmpty()) {
                        return new Missing<>("tenant " + first.tenant());
                    }
                    List<RegisteredAnchor> there = rows.all(connection, first.tenant());
                    Optional<RegisteredAnchor> same =
                            there.stream().filter(it -> excludes(it, first)).findFirst();
                    if (same.isPresent()) {
                        return new Exists<>("anchor " + same.get().name() + " ("
                                + same.get().certificate().subject() + ")");
                    }
                    if (there.size() >= RegisteredAnchor.MAX) {
                        return new Full<>("anchors of tenant " + first.tenant(), RegisteredAnchor.MAX);
                    }
                    rows.write(connection, tenant.getAsInt(), first);
                    Digests digests = Digests.born(AnchorForm.write(first));
                    audit.write(journal, tenant.getAsInt(), deed(Kind.ANCHOR_CREATED, first, digests), warrant);
                    return new Done<>(first);
                },
                warrant);
    }

    @Override
    public Registered<RegisteredAnchor> verify(RegisteredAnchor verified, Warrant warrant) {
        return lane.change(
                (connection, journal) -> with(connection, verified, verified.version() - 1, (tenant, present) -> {
                    rows.write(connection, tenant, verified);
                    RosterRows.nextEdition(connection);
                    Digests digests = Digests.changed(AnchorForm.write(present), AnchorForm.write(verified));
                    audit.write(journal, tenant, deed(Kind.ANCHOR_VERIFIED, verified, digests), warrant);
                    return new Done<>(verified);
                }),
                warrant);
    }

    @Override
    public Registered<RegisteredAnchor> delete(RegisteredAnchor gone, Warrant warrant) {
        return lane.change(
                (connection, journal) -> with(
                        connection,
                        gone,
                        gone.version(),
                        (tenant, present) -> delete(connection, journal, tenant, present, warrant)),
                warrant);
    }

    private Registered<RegisteredAnchor> delete(
            Connection connection, Journal journal, int tenant, RegisteredAnchor present, Warrant warrant)
            throws SQLException {
        Optional<Enrollment> needing = rows.needing(connection, tenant, present);
        if (needing.isPresent()) {
            return new Needed<>(
                    "anchor " + present.name(), "enrollment " + needing.get().name());
        }
        AnchorRows.delete(connection, tenant, present.name());
        RosterRows.nextEdition(connection);
        Digests digests = Digests.gone(AnchorForm.write(present));
        audit.write(journal, tenant, deed(Kind.ANCHOR_DELETED, present, digests), warrant);
        return new Done<>(present);
    }

    @Override
    public List<RegisteredAnchor> list(Name tenant) {
        return query.all(AnchorRows.OF_TENANT, s -> s.setString(1, tenant.value()), row -> rows.open(tenant, row));
    }

    /// Something to do with an anchor as it is at present.
    @FunctionalInterface
    private interface Step {
        Registered<RegisteredAnchor> take(int tenant, RegisteredAnchor present) throws SQLException;
    }

    private Registered<RegisteredAnchor> with(Connection connection, RegisteredAnchor named, int expected, Step step)
            throws SQLException {
        OptionalInt tenant = RosterRows.tenant(connection, named.tenant());
        Optional<RegisteredAnchor> present = rows.all(connection, named.tenant()).stream()
                .filter(it -> it.name().equals(named.name()))
                .findFirst();
        if (tenant.isEmpty() || present.isEmpty()) {
            return new Missing<>("anchor " + named.name());
        }
        return present.get().version() == expected
                ? step.take(tenant.getAsInt(), present.get())
                : new Stale<>("anchor " + named.name() + " is at version "
                        + present.get().version());
    }

    private static boolean excludes(RegisteredAnchor there, RegisteredAnchor other) {
        return there.name().equals(other.name())
                || there.certificate().fingerprint().equals(other.certificate().fingerprint());
    }

    private static Deed deed(Kind kind, RegisteredAnchor anchor, Digests digests) {
        String detail = anchor.certificate().subject() + ", "
                + (anchor.isVerified() ? "possession of its key was proved" : "not verified");
        return new Deed(kind, "anchor:" + anchor.name(), detail, digests);
    }
}
