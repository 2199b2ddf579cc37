package io.muster.desk.testkit;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.connectivity.Allocation;
import io.muster.core.connectivity.Hub;
import io.muster.core.connectivity.Region;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.roster.Addition;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import io.muster.core.roster.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// A roster in memory, with the rules that its port promises.
public final class MemoryRoster implements Registrar {

    private final Map<Name, Tenant> tenants = new TreeMap<>();
    private final Map<Name, Map<Name, Hub>> hubs = new TreeMap<>();
    private final Set<Region> regions = new LinkedHashSet<>();
    private final Map<Name, Map<Name, Enrollment>> enrollments = new TreeMap<>();
    private final List<Enrollment> versions = new ArrayList<>();
    private final Map<Name, Map<Name, CertificateProfile>> profiles = new TreeMap<>();
    private final List<String> actors = new ArrayList<>();

    @Override
    public synchronized Registered<Tenant> create(Tenant tenant, Warrant warrant) {
        actors.add(warrant.actor());
        if (!warrant.dryRun()) {
            profilesOf(tenant.name())
                    .putIfAbsent(CertificateProfile.STANDARD, CertificateProfile.standard(tenant.name()));
        }
        return added(tenants, tenant.name(), tenant, warrant)
                ? new Registered.Done<>(tenant)
                : new Registered.Exists<>("tenant " + tenant.name());
    }

    @Override
    public synchronized List<Tenant> tenants() {
        return List.copyOf(tenants.values());
    }

    @Override
    public synchronized Registered<Tenant> change(Tenant seen, Tenant changed, Warrant warrant) {
        actors.add(warrant.actor());
        if (warrant.dryRun()) {
            return new Registered.Done<>(changed);
        }
        return tenants.replace(changed.name(), changed) == null
                ? new Registered.Missing<>("tenant " + changed.name())
                : new Registered.Done<>(changed);
    }

    @Override
    public synchronized Registered<Region> create(Region region, Warrant warrant) {
        actors.add(warrant.actor());
        return regions.add(region) ? new Registered.Done<>(region) : new Registered.Exists<>("region " + region.name());
    }

    @Override
    public synchronized List<Region> regions(Name tenant) {
        return regions.stream().filter(it -> it.tenant().equals(tenant)).toList();
    }

    @Override
    public synchronized Registered<Hub> change(Hub seen, Hub changed, Warrant warrant) {
        actors.add(warrant.actor());
        if (warrant.dryRun()) {
            return new Registered.Done<>(changed);
        }
        hubs.computeIfAbsent(changed.tenant(), _ -> new TreeMap<>()).put(changed.name(), changed);
        return new Registered.Done<>(changed);
    }

    @Override
    public synchronized Registered<Hub> create(Hub hub, Warrant warrant) {
        actors.add(warrant.actor());
        return added(hubs.computeIfAbsent(hub.tenant(), _ -> new TreeMap<>()), hub.name(), hub, warrant)
                ? new Registered.Done<>(hub)
                : new Registered.Exists<>("hub " + hub.name());
    }

    @Override
    public synchronized List<Hub> hubs(Name tenant) {
        return List.copyOf(hubs.getOrDefault(tenant, Map.of()).values());
    }

    @Override
    public synchronized Registered<CertificateProfile> create(CertificateProfile profile, Warrant warrant) {
        actors.add(warrant.actor());
        return added(profilesOf(profile.tenant()), profile.name(), profile, warrant)
                ? new Registered.Done<>(profile)
                : new Registered.Exists<>("certificate profile " + profile.name());
    }

    @Override
    public synchronized Registered<CertificateProfile> change(CertificateProfile changed, Warrant warrant) {
        actors.add(warrant.actor());
        CertificateProfile present = profilesOf(changed.tenant()).get(changed.name());
        if (present == null || present.version() + 1 != changed.version()) {
            return new Registered.Stale<>("certificate profile " + changed.name());
        }
        if (!warrant.dryRun()) {
            profilesOf(changed.tenant()).put(changed.name(), changed);
        }
        return new Registered.Done<>(changed);
    }

    @Override
    public synchronized List<CertificateProfile> profiles(Name tenant) {
        return List.copyOf(profilesOf(tenant).values());
    }

    @Override
    public synchronized Registered<Enrollment> create(Enrollment enrollment, Warrant warrant) {
        actors.add(warrant.actor());
        Optional<Name> missing = missing(enrollment);
        if (missing.isPresent()) {
            return new Registered.Missing<>("hub " + missing.get());
        }
        Name profile = enrollment.treatment().certificates().profile();
        if (!profilesOf(enrollment.tenant()).containsKey(profile)) {
            return new Registered.Missing<>("certificate profile " + profile);
        }
        if (!warrant.dryRun()) {
            versions.addFirst(enrollment);
        }
        return added(of(enrollment.tenant()), enrollment.name(), enrollment, warrant)
                ? new Registered.Done<>(enrollment)
                : new Registered.Exists<>("enrollment " + enrollment.name());
    }

    @Override
    public synchronized Registered<Enrollment> change(Enrollment changed, Warrant warrant) {
        actors.add(warrant.actor());
        Enrollment present = of(changed.tenant()).get(changed.name());
        if (present == null || present.version() + 1 != changed.version()) {
            return new Registered.Stale<>("enrollment " + changed.name());
        }
        if (!warrant.dryRun()) {
            versions.addFirst(changed);
            of(changed.tenant()).put(changed.name(), changed);
        }
        return new Registered.Done<>(changed);
    }

    @Override
    public synchronized Registered<List<Addition>> addIndividuals(
            Name tenant, List<Enrollment> individuals, Warrant warrant) {
        List<Addition> answers = new ArrayList<>();
        for (Enrollment one : individuals) {
            Addition answer = judge(one);
            if (answer instanceof Addition.Added && !warrant.dryRun()) {
                actors.add(warrant.actor());
                of(tenant).put(one.name(), one);
            }
            answers.add(answer);
        }
        return new Registered.Done<>(answers);
    }

    private Addition judge(Enrollment one) {
        Enrollment present = of(one.tenant()).get(one.name());
        if (present != null) {
            return present.equals(one) ? new Addition.Same() : new Addition.Taken("enrollment " + one.name());
        }
        return of(one.tenant()).values().stream()
                        .anyMatch(other -> other.individual().equals(one.individual()))
                ? new Addition.Taken("another individual enrollment")
                : missing(one)
                        .<Addition>map(hub -> new Addition.Missing("hub " + hub))
                        .orElseGet(Addition.Added::new);
    }

    @Override
    public synchronized Registered<Enrollment> delete(Enrollment seen, Warrant warrant) {
        actors.add(warrant.actor());
        Enrollment present = of(seen.tenant()).get(seen.name());
        if (present == null) {
            return new Registered.Missing<>("enrollment " + seen.name());
        }
        if (present.version() != seen.version()) {
            return new Registered.Stale<>("enrollment " + seen.name());
        }
        if (!warrant.dryRun()) {
            of(seen.tenant()).remove(seen.name());
        }
        return new Registered.Done<>(present);
    }

    @Override
    public synchronized Optional<Enrollment> individual(Name tenant, RegistrationId device) {
        return of(tenant).values().stream()
                .filter(one -> one.individual().filter(device::equals).isPresent())
                .findFirst();
    }

    @Override
    public synchronized List<Enrollment> groups(Name tenant) {
        return of(tenant).values().stream()
                .filter(one -> one.individual().isEmpty())
                .toList();
    }

    @Override
    public synchronized Optional<Enrollment> enrollment(Name tenant, Name name) {
        return Optional.ofNullable(of(tenant).get(name));
    }

    @Override
    public synchronized List<Enrollment> versions(Name tenant, Name name, int before, int limit) {
        return versions.stream()
                .filter(it -> it.tenant().equals(tenant) && it.name().equals(name) && it.version() < before)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Enrollment> enrollments(Name tenant, Scope scope, Optional<Name> after, int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("The port's limit is 1 to 1000, not " + limit);
        }
        return of(tenant).values().stream()
                .filter(one -> scope.coversEnrollment(one.name()))
                .filter(one -> after.isEmpty() || one.name().compareTo(after.get()) > 0)
                .limit(limit)
                .toList();
    }

    public synchronized void clear() {
        tenants.clear();
        hubs.clear();
        regions.clear();
        enrollments.clear();
        versions.clear();
        profiles.clear();
        actors.clear();
    }

    /// Who changed something, in order.
    public synchronized List<String> actors() {
        return List.copyOf(actors);
    }

    /// Whether it could be added; in a dry run it is not.
    private static <T> boolean added(Map<Name, T> things, Name name, T thing, Warrant warrant) {
        return warrant.dryRun() ? !things.containsKey(name) : things.putIfAbsent(name, thing) == null;
    }

    private Map<Name, Enrollment> of(Name tenant) {
        return enrollments.computeIfAbsent(tenant, _ -> new TreeMap<>());
    }

    private Map<Name, CertificateProfile> profilesOf(Name tenant) {
        return profiles.computeIfAbsent(tenant, _ -> new TreeMap<>());
    }

    private Optional<Name> missing(Enrollment enrollment) {
        List<Name> named =
                switch (enrollment.treatment().allocation()) {
                    case Allocation.Hashed hashed -> hashed.hubs();
                    case Allocation.Static fixed -> List.of(fixed.hub());
                    case Allocation.Custom custom -> custom.hubs();
                };
        return named.stream()
                .filter(hub -> !hubs.getOrDefault(enrollment.tenant(), Map.of()).containsKey(hub))
                .findFirst();
    }
}
