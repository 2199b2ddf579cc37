package io.muster.core.testkit;

import io.muster.core.connectivity.Hub;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Recognition;
import io.muster.core.roster.Roster;
import io.muster.core.roster.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A roster of one tenant that answers from the edition it read last: what is published is seen after a refresh.
public final class MemoryRoster implements Roster {

    private record Edition(long number, Tenant tenant, List<Hub> hubs, List<Enrollment> enrollments) {}

    private Edition newest = new Edition(1, Sample.ACME, List.of(Sample.EU_1, Sample.EU_2), List.of());
    private Edition seen = newest;
    private final Map<PolicyName, NamedPolicy> policies = new HashMap<>();
    private int refreshes;

    /// What an operator of another node changes.
    public MemoryRoster publish(Enrollment... enrollments) {
        newest = new Edition(newest.number() + 1, newest.tenant(), newest.hubs(), List.of(enrollments));
        return this;
    }

    public MemoryRoster publishHubs(Hub... hubs) {
        newest = new Edition(newest.number() + 1, newest.tenant(), List.of(hubs), newest.enrollments());
        return this;
    }

    public MemoryRoster publishTenant(Tenant tenant) {
        newest = new Edition(newest.number() + 1, tenant, newest.hubs(), newest.enrollments());
        return this;
    }

    public MemoryRoster publish(NamedPolicy policy) {
        policies.put(policy.name(), policy);
        return this;
    }

    public long newestEdition() {
        return newest.number();
    }

    public int refreshes() {
        return refreshes;
    }

    @Override
    public List<Enrollment> trusting(Optional<String> scope, Set<String> issuers) {
        return seen.enrollments().stream()
                .filter(it -> it.enabled()
                        && it.proof() instanceof Proof.Authorities wanted
                        && wanted.anchors().stream().anyMatch(anchor -> issuers.contains(anchor.subject())))
                .toList();
    }

    @Override
    public List<Name> tenantsAt(String host) {
        return seen.hubs().stream().anyMatch(it -> it.endpoint().host().equals(host))
                ? List.of(seen.tenant().name())
                : List.of();
    }

    @Override
    public Map<PolicyName, NamedPolicy> policies(Name tenant, Set<PolicyName> names) {
        Map<PolicyName, NamedPolicy> found = new HashMap<>(policies);
        found.values().removeIf(it -> !it.tenant().equals(tenant));
        found.keySet().retainAll(names);
        return found;
    }

    @Override
    public void refresh() {
        refreshes++;
        seen = newest;
    }

    @Override
    public Recognition recognize(EnrollmentRequest request) {
        Edition edition = seen;
        String scope = request.scope().orElse(edition.tenant().name().value());
        if (!scope.equals(edition.tenant().name().value())) {
            return new Recognition.Unrecognized(new Refusal.UnknownTenant());
        }
        List<Enrollment> groups = new ArrayList<>();
        for (Enrollment enrollment : edition.enrollments()) {
            if (enrollment.individual().filter(request.registrationId()::equals).isPresent()) {
                return recognized(edition, request, List.of(enrollment));
            }
            if (enrollment.individual().isEmpty()
                    && request.enrollment()
                            .filter(it -> !it.equals(enrollment.name()))
                            .isEmpty()) {
                groups.add(enrollment);
            }
        }
        return recognized(edition, request, groups);
    }

    private static Recognition recognized(Edition edition, EnrollmentRequest request, List<Enrollment> candidates) {
        return new Recognition.Recognized(
                request, edition.tenant(), candidates, edition.hubs(), profiles(edition), edition.number());
    }

    private static List<CertificateProfile> profiles(Edition edition) {
        return List.of(CertificateProfile.standard(edition.tenant().name()));
    }

    @Override
    public Endpoint endpoint(Optional<String> scope, Optional<Name> enrollment) {
        Edition edition = seen;
        if (!scope.orElse(edition.tenant().name().value())
                .equals(edition.tenant().name().value())) {
            return new Endpoint.Nothing(new Refusal.UnknownTenant());
        }
        Optional<Enrollment> named = edition.enrollments().stream()
                .filter(it -> Optional.of(it.name()).equals(enrollment))
                .findFirst();
        return enrollment.isPresent() && named.isEmpty()
                ? new Endpoint.Nothing(new Refusal.NotEnrolled())
                : new Endpoint.Open(edition.tenant(), named, profiles(edition));
    }
}
