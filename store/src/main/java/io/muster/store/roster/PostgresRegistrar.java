package io.muster.store.roster;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.Region;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.ledger.Audit.Kind;
import io.muster.core.roster.Addition;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registered.Done;
import io.muster.core.roster.Registered.Exists;
import io.muster.core.roster.Registered.Full;
import io.muster.core.roster.Registered.Missing;
import io.muster.core.roster.Registered.Needed;
import io.muster.core.roster.Registered.Stale;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tenant;
import io.muster.store.audit.Digests;
import io.muster.store.database.Database;
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

/// The roster's write side: each change runs in the lane while all lanes stand still, and this node reads the new
/// edition before it answers.
public final class PostgresRegistrar implements Registrar {

    private final Lane lane;
    private final PostgresRoster roster;
    private final RosterRows rows;
    private final ProfileRows profiles;
    private final AnchorRows anchors;
    private final RosterPages pages;
    private final Audit audit;
    private final Individuals individuals;
    private final Database database;

    public PostgresRegistrar(
            Database database,
            Lane lane,
            PostgresRoster roster,
            Sealing sealing,
            BlindIndex index,
            InstantSource clock) {
        this.lane = lane;
        this.roster = roster;
        this.database = database;
        this.audit = new Audit(sealing, index, clock);
        this.individuals = new Individuals(database, sealing, index, clock);
        this.rows = new RosterRows(sealing, index, clock);
        this.profiles = new ProfileRows(sealing, clock);
        this.anchors = new AnchorRows(sealing);
        this.pages = new RosterPages(database, sealing, index);
    }

    /// A dry run looks only whether the name is free: a number that was drawn is not given back, and comes with keys.
    @Override
    public Registered<Tenant> create(Tenant tenant, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            if (RosterRows.tenant(connection, tenant.name()).isPresent()) {
                return new Exists<>("tenant " + tenant.name());
            }
            if (warrant.dryRun()) {
                return new Done<>(tenant);
            }
            int number = rows.insert(connection, tenant, nextEdition(connection));
            profiles.insert(connection, number, CertificateProfile.standard(tenant.name()));
            audit.write(
                    journal,
                    number,
                    new Deed(Kind.TENANT_CREATED, "tenant:" + tenant.name(), "created", Digests.born(form(tenant))),
                    warrant);
            return new Done<>(tenant);
        });
    }

    @Override
    public Registered<Tenant> change(Tenant seen, Tenant changed, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            Optional<Tenant> present = RosterRows.present(connection, changed.name());
            OptionalInt number = RosterRows.tenant(connection, changed.name());
            if (present.isEmpty() || number.isEmpty()) {
                return new Missing<>("tenant " + changed.name());
            }
            if (!present.get().equals(seen)) {
                return new Stale<>("tenant " + changed.name());
            }
            RosterRows.update(connection, changed, nextEdition(connection));
            Digests digests = Digests.changed(form(present.get()), form(changed));
            Deed deed = new Deed(Kind.TENANT_CHANGED, "tenant:" + changed.name(), form(changed), digests);
            audit.write(journal, number.getAsInt(), deed, warrant);
            return new Done<>(changed);
        });
    }

    @Override
    public Registered<Region> create(Region region, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            OptionalInt tenant = RosterRows.tenant(connection, region.tenant());
            if (tenant.isEmpty()) {
                return new Missing<>("tenant " + region.tenant());
            }
            if (!RosterRows.insert(connection, tenant.getAsInt(), region)) {
                return new Exists<>("region " + region.name());
            }
            String form = region.name().value();
            Deed deed = new Deed(Kind.REGION_CREATED, "region:" + region.name(), "created", Digests.born(form));
            audit.write(journal, tenant.getAsInt(), deed, warrant);
            return new Done<>(region);
        });
    }

    @Override
    public List<Region> regions(Name tenant) {
        return pages.regions(tenant);
    }

    @Override
    public Registered<Hub> change(Hub seen, Hub changed, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            OptionalInt tenant = RosterRows.tenant(connection, changed.tenant());
            if (tenant.isEmpty()) {
                return new Missing<>("tenant " + changed.tenant());
            }
            Optional<Hub> present = RosterRows.present(connection, changed);
            if (present.isEmpty()) {
                return new Missing<>("hub " + changed.name());
            }
            if (!present.get().equals(seen)) {
                return new Stale<>("hub " + changed.name());
            }
            RosterRows.update(connection, tenant.getAsInt(), changed);
            RosterRows.touchTenant(connection, tenant.getAsInt(), nextEdition(connection));
            Digests digests = Digests.changed(form(present.get()), form(changed));
            Deed deed = new Deed(Kind.HUB_CHANGED, "hub:" + changed.name(), form(changed), digests);
            audit.write(journal, tenant.getAsInt(), deed, warrant);
            return new Done<>(changed);
        });
    }

    @Override
    public Registered<Hub> create(Hub hub, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            OptionalInt tenant = RosterRows.tenant(connection, hub.tenant());
            if (tenant.isEmpty()) {
                return new Missing<>("tenant " + hub.tenant());
            }
            if (RosterRows.hub(connection, tenant.getAsInt(), hub.name())) {
                return new Exists<>("hub " + hub.name());
            }
            RosterRows.insert(connection, tenant.getAsInt(), hub);
            RosterRows.touchTenant(connection, tenant.getAsInt(), nextEdition(connection));
            audit.write(
                    journal,
                    tenant.getAsInt(),
                    new Deed(Kind.HUB_CREATED, "hub:" + hub.name(), form(hub), Digests.born(form(hub))),
                    warrant);
            return new Done<>(hub);
        });
    }

    @Override
    public Registered<CertificateProfile> create(CertificateProfile profile, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            OptionalInt tenant = RosterRows.tenant(connection, profile.tenant());
            if (tenant.isEmpty()) {
                return new Missing<>("tenant " + profile.tenant());
            }
            if (ProfileRows.version(connection, tenant.getAsInt(), profile.name())
                    .isPresent()) {
                return new Exists<>("certificate profile " + profile.name());
            }
            Digests digests = Digests.born(ProfileForm.write(profile));
            return write(connection, journal, tenant.getAsInt(), profile, digests, warrant);
        });
    }

    @Override
    public Registered<CertificateProfile> change(CertificateProfile changed, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            OptionalInt tenant = RosterRows.tenant(connection, changed.tenant());
            if (tenant.isEmpty()) {
                return new Missing<>("tenant " + changed.tenant());
            }
            Optional<CertificateProfile> present = profiles.newest(connection, tenant.getAsInt(), changed);
            if (present.isEmpty()) {
                return new Missing<>("certificate profile " + changed.name());
            }
            int version = present.get().version();
            if (changed.version() != version + 1) {
                return new Stale<>("certificate profile " + changed.name() + " is at version " + version);
            }
            Digests digests = Digests.changed(ProfileForm.write(present.get()), ProfileForm.write(changed));
            return write(connection, journal, tenant.getAsInt(), changed, digests, warrant);
        });
    }

    /// Whatever rests on an older edition of the tenant is decided again.
    private Registered<CertificateProfile> write(
            Connection connection,
            Journal journal,
            int tenant,
            CertificateProfile profile,
            Digests digests,
            Warrant warrant)
            throws SQLException {
        profiles.insert(connection, tenant, profile);
        RosterRows.touchTenant(connection, tenant, nextEdition(connection));
        Kind kind = profile.version() == 1 ? Kind.PROFILE_CREATED : Kind.PROFILE_CHANGED;
        String detail = "version " + profile.version() + ", life " + profile.life();
        audit.write(journal, tenant, new Deed(kind, "profile:" + profile.name(), detail, digests), warrant);
        return new Done<>(profile);
    }

    @Override
    public List<CertificateProfile> profiles(Name tenant) {
        return pages.profiles(tenant);
    }

    @Override
    public Registered<Enrollment> create(Enrollment enrollment, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            OptionalInt tenant = RosterRows.tenant(connection, enrollment.tenant());
            if (tenant.isEmpty()) {
                return new Missing<>("tenant " + enrollment.tenant());
            }
            int number = tenant.getAsInt();
            Optional<String> missing = missing(connection, number, enrollment, Optional.empty());
            if (missing.isPresent()) {
                return new Missing<>(missing.get());
            }
            if (rows.version(connection, number, enrollment.name()).isPresent()) {
                return new Exists<>("enrollment " + enrollment.name());
            }
            if (enrollment.individual().isEmpty() && RosterRows.groups(connection, number) >= Enrollment.MAX_GROUPS) {
                return new Full<>("group enrollments of tenant " + enrollment.tenant(), Enrollment.MAX_GROUPS);
            }
            Enrollment first = enrollment.at(rows.lastVersion(connection, number, enrollment.name()) + 1);
            if (!rows.insert(connection, number, first, nextEdition(connection))) {
                return new Exists<>("individual enrollment for this registration id");
            }
            Digests digests = Digests.born(EnrollmentForm.write(first));
            audit.write(journal, number, Audit.enrollment(Kind.ENROLLMENT_CREATED, first, digests), warrant);
            return new Done<>(first);
        });
    }

    @Override
    public Registered<Enrollment> delete(Enrollment seen, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            OptionalInt tenant = RosterRows.tenant(connection, seen.tenant());
            if (tenant.isEmpty()) {
                return new Missing<>("tenant " + seen.tenant());
            }
            int number = tenant.getAsInt();
            Optional<Enrollment> present = rows.present(connection, number, seen);
            if (present.isEmpty()) {
                return new Missing<>("enrollment " + seen.name());
            }
            if (present.get().version() != seen.version()) {
                return new Stale<>("enrollment " + seen.name() + " is at version "
                        + present.get().version());
            }
            Optional<String> needing = needing(present.get().proof());
            if (needing.isPresent()) {
                return new Needed<>("enrollment " + seen.name(), needing.get());
            }
            nextEdition(connection);
            rows.delete(connection, number, present.get());
            Digests digests = Digests.gone(EnrollmentForm.write(present.get()));
            audit.write(journal, number, Audit.enrollment(Kind.ENROLLMENT_DELETED, present.get(), digests), warrant);
            return new Done<>(present.get());
        });
    }

    /// What would be good again for another enrollment of the same name.
    private static Optional<String> needing(Proof proof) {
        return switch (proof) {
            case Proof.OneTimeTokens _ -> Optional.of("the tokens that were made for it");
            case Proof.Claims _ -> Optional.of("the claims that were made for it");
            case Proof.Authorities _,
                    Proof.Pinned _,
                    Proof.SymmetricKeys _,
                    Proof.TpmManufacturers _,
                    Proof.TpmPinned _ -> Optional.empty();
        };
    }

    @Override
    public Registered<Enrollment> change(Enrollment changed, Warrant warrant) {
        return carryOut(warrant, (connection, journal) -> {
            OptionalInt tenant = RosterRows.tenant(connection, changed.tenant());
            if (tenant.isEmpty()) {
                return new Missing<>("tenant " + changed.tenant());
            }
            int number = tenant.getAsInt();
            Optional<Enrollment> present = rows.present(connection, number, changed);
            if (present.isEmpty()) {
                return new Missing<>("enrollment " + changed.name());
            }
            int version = present.get().version();
            if (changed.version() != version + 1) {
                return new Stale<>("enrollment " + changed.name() + " is at version " + version);
            }
            Optional<String> missing = missing(connection, number, changed, present);
            if (missing.isPresent()) {
                return new Missing<>(missing.get());
            }
            rows.update(connection, number, changed, nextEdition(connection));
            Digests digests = Digests.changed(EnrollmentForm.write(present.get()), EnrollmentForm.write(changed));
            audit.write(journal, number, Audit.enrollment(Kind.ENROLLMENT_CHANGED, changed, digests), warrant);
            return new Done<>(changed);
        });
    }

    @Override
    public Registered<List<Addition>> addIndividuals(Name tenant, List<Enrollment> some, Warrant warrant) {
        Optional<Integer> number = roster.number(tenant);
        if (number.isEmpty()) {
            return new Missing<>("tenant " + tenant);
        }
        Individuals.Batch batch = individuals.prepare(number.get(), tenant, some);
        if (warrant.dryRun()) {
            return new Done<>(database.transact(connection -> individuals.check(connection, batch)));
        }
        List<Addition> answers =
                lane.change((connection, journal) -> individuals.add(connection, journal, batch, warrant), warrant);
        roster.catchUp();
        return new Done<>(answers);
    }

    @Override
    public List<Tenant> tenants() {
        return pages.tenants();
    }

    @Override
    public List<Hub> hubs(Name tenant) {
        return pages.hubs(tenant);
    }

    @Override
    public Optional<Enrollment> enrollment(Name tenant, Name name) {
        return pages.enrollment(tenant, name);
    }

    @Override
    public Optional<Enrollment> individual(Name tenant, RegistrationId device) {
        return roster.individual(tenant, device);
    }

    @Override
    public List<Enrollment> groups(Name tenant) {
        return pages.groups(tenant);
    }

    @Override
    public List<Enrollment> versions(Name tenant, Name name, int before, int limit) {
        return pages.versions(tenant, name, before, limit);
    }

    @Override
    public List<Enrollment> enrollments(Name tenant, Scope scope, Optional<Name> after, int limit) {
        return pages.enrollments(tenant, scope, after, limit);
    }

    private <T> Registered<T> carryOut(Warrant warrant, RosterChange<Registered<T>> change) {
        Registered<T> result = lane.change(change, warrant);
        if (result instanceof Done<T> && !warrant.dryRun()) {
            roster.refresh();
        }
        return result;
    }

    private static String form(Tenant tenant) {
        return tenant.name() + ", " + enabled(tenant.enabled())
                + (tenant.auditReads() ? ", readings of the audit are entries" : "");
    }

    private static String form(Hub hub) {
        return hub.endpoint().uri() + " in " + hub.region() + ", weight " + hub.weight() + ", "
                + enabled(hub.enabled());
    }

    private static String enabled(boolean enabled) {
        return enabled ? "enabled" : "disabled";
    }

    /// What of all that it names is not there.
    ///
    /// @param present what it was until now
    private Optional<String> missing(
            Connection connection, int tenant, Enrollment enrollment, Optional<Enrollment> present)
            throws SQLException {
        List<Name> named =
                switch (enrollment.treatment().allocation()) {
                    case Allocation.Hashed hashed -> hashed.hubs();
                    case Allocation.Static fixed -> List.of(fixed.hub());
                    case Allocation.Custom custom -> custom.hubs();
                };
        for (Name hub : named) {
            if (!RosterRows.hub(connection, tenant, hub)) {
                return Optional.of("hub " + hub);
            }
        }
        Name profile = enrollment.treatment().certificates().profile();
        if (ProfileRows.version(connection, tenant, profile).isEmpty()) {
            return Optional.of("certificate profile " + profile);
        }
        Optional<String> policy = PolicyRows.missing(connection, tenant, enrollment);
        return policy.isPresent()
                ? policy.map(it -> "policy " + it)
                : anchors.unverified(connection, enrollment, present);
    }

    private static long nextEdition(Connection connection) throws SQLException {
        return RosterRows.nextEdition(connection);
    }
}
