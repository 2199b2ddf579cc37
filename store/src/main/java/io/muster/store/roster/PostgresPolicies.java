package io.muster.store.roster;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.roster.NamedPolicies;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registered.Done;
import io.muster.core.roster.Registered.Exists;
import io.muster.core.roster.Registered.Full;
import io.muster.core.roster.Registered.Missing;
import io.muster.core.roster.Registered.Needed;
import io.muster.core.roster.Registered.Stale;
import io.muster.store.audit.Digests;
import io.muster.store.database.Database;
import io.muster.store.database.Query;
import io.muster.store.lane.Journal;
import io.muster.store.lane.Lane;
import io.muster.store.lane.RosterChange;
import io.muster.store.roster.Audit.Deed;
import io.muster.store.sealing.BlindIndex;
import io.muster.store.sealing.Sealing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Policies with a name. Each change runs in the lane while all lanes stand still, and makes a new edition of the
/// roster that this node reads before it answers.
public final class PostgresPolicies implements NamedPolicies {

    private final Lane lane;
    private final PostgresRoster roster;
    private final Query query;
    private final PolicyRows rows;
    private final Audit audit;

    public PostgresPolicies(
            Database database,
            Lane lane,
            PostgresRoster roster,
            Sealing sealing,
            BlindIndex index,
            InstantSource clock) {
        this.lane = lane;
        this.roster = roster;
        this.query = new Query(database);
        this.rows = new PolicyRows(sealing);
        this.audit = new Audit(sealing, index, clock);
    }

    @Override
    public Registered<NamedPolicy> create(NamedPolicy first, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            OptionalInt tenant = RosterRows.tenant(connection, first.tenant());
            if (tenant.isEmpty()) {
                return new Missing<>("tenant " + first.tenant());
            }
            List<NamedPolicy> there = rows.all(connection, first.tenant());
            if (there.stream().anyMatch(it -> it.name().equals(first.name()))) {
                return new Exists<>("policy " + first.name());
            }
            if (there.size() >= NamedPolicy.MAX) {
                return new Full<>("policies of tenant " + first.tenant(), NamedPolicy.MAX);
            }
            Deed deed = deed(Kind.POLICY_CREATED, first, Digests.born(PolicyRows.bytes(first)));
            return written(connection, journal, tenant.getAsInt(), first, deed, warrant);
        });
    }

    @Override
    public Registered<NamedPolicy> change(NamedPolicy changed, Warrant warrant) {
        return carryOut(
                warrant,
                (connection, journal) -> with(connection, changed, changed.version() - 1, (tenant, present) -> {
                    Digests digests = Digests.changed(PolicyRows.bytes(present), PolicyRows.bytes(changed));
                    Deed deed = deed(Kind.POLICY_CHANGED, changed, digests);
                    return written(connection, journal, tenant, changed, deed, warrant);
                }));
    }

    private Registered<NamedPolicy> written(
            Connection connection, Journal journal, int tenant, NamedPolicy policy, Deed deed, Warrant warrant)
            throws SQLException {
        rows.write(connection, tenant, policy);
        return noted(connection, journal, tenant, policy, deed, warrant);
    }

    @Override
    public Registered<NamedPolicy> delete(NamedPolicy gone, Warrant warrant) {
        return carryOut(
                warrant,
                (connection, journal) -> with(connection, gone, gone.version(), (tenant, present) -> {
                    List<Name> naming = rows.naming(connection, tenant, present);
                    if (!naming.isEmpty()) {
                        return new Needed<>("policy " + present.name(), enrollments(naming));
                    }
                    PolicyRows.delete(connection, tenant, present.name());
                    Deed deed = deed(Kind.POLICY_DELETED, present, Digests.gone(PolicyRows.bytes(present)));
                    return noted(connection, journal, tenant, present, deed, warrant);
                }));
    }

    private static String enrollments(List<Name> names) {
        return (names.size() == 1 ? "enrollment " : "enrollments ")
                + names.stream().map(Name::value).collect(Collectors.joining(", "));
    }

    /// No commit rests on a policy: the tenant's epoch stays, so that what is being enrolled need not be decided again.
    private Registered<NamedPolicy> noted(
            Connection connection, Journal journal, int tenant, NamedPolicy policy, Deed deed, Warrant warrant)
            throws SQLException {
        RosterRows.nextEdition(connection);
        audit.write(journal, tenant, deed, warrant);
        return new Done<>(policy);
    }

    @Override
    public List<NamedPolicy> list(Name tenant) {
        return query.all(PolicyRows.OF_TENANT, s -> s.setString(1, tenant.value()), row -> rows.open(tenant, row));
    }

    /// Something to do with a policy as it is at present.
    @FunctionalInterface
    private interface Step {
        Registered<NamedPolicy> take(int tenant, NamedPolicy present) throws SQLException;
    }

    private Registered<NamedPolicy> with(Connection connection, NamedPolicy named, int expected, Step step)
            throws SQLException {
        OptionalInt tenant = RosterRows.tenant(connection, named.tenant());
        Optional<NamedPolicy> present = rows.all(connection, named.tenant()).stream()
                .filter(it -> it.name().equals(named.name()))
                .findFirst();
        if (tenant.isEmpty() || present.isEmpty()) {
            return new Missing<>("policy " + named.name());
        }
        return present.get().version() == expected
                ? step.take(tenant.getAsInt(), present.get())
                : new Stale<>("policy " + named.name() + " is at version "
                        + present.get().version());
    }

    private Registered<NamedPolicy> carryOut(Warrant warrant, RosterChange<Registered<NamedPolicy>> change) {
        Registered<NamedPolicy> result = lane.change(change, warrant);
        if (result instanceof Done<NamedPolicy> && !warrant.dryRun()) {
            roster.refresh();
        }
        return result;
    }

    private static Deed deed(Kind kind, NamedPolicy policy, Digests digests) {
        return new Deed(kind, "policy:" + policy.name(), "version " + policy.version(), digests);
    }
}
