package io.muster.desk.testkit;

import io.muster.core.access.Scope;
import io.muster.core.attestation.Attestation;
import io.muster.core.attestation.Basis;
import io.muster.core.attestation.Standing;
import io.muster.core.device.Device.Origin;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.PolicyName;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;
import io.muster.core.flow.Archive;
import io.muster.core.flow.Rehearsal;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempts;
import io.muster.core.ledger.Ground;
import io.muster.core.ledger.Insight;
import io.muster.core.ledger.Precedents;
import io.muster.core.policy.Snapshot;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.NamedPolicy;
import io.muster.core.roster.Recognition;
import io.muster.core.roster.Roster;
import io.muster.core.roster.Versions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// First enrollments by symmetric keys that a tenant's enrollments decided, and what they rested on. Of an enrollment
/// the present version counts as the one that decided.
public final class MemoryPast implements Roster, Insight, Precedents, Attempts, Versions {

    private final MemoryRoster roster;
    private final MemoryPolicies policies;
    private final List<Attempt> attempts = new ArrayList<>();

    public MemoryPast(MemoryRoster roster, MemoryPolicies policies) {
        this.roster = roster;
        this.policies = policies;
    }

    public Rehearsal rehearsal(InstantSource clock) {
        return new Rehearsal(
                this, new Attestation(List.of()), this, new Archive(this, this, this), new WordFacts(), clock);
    }

    public synchronized void clear() {
        attempts.clear();
    }

    /// A new device came by an enrollment and was let in.
    public synchronized AttemptId came(String name, Name enrollment) {
        RegistrationId id = RegistrationId.parse(name).orElseThrow();
        Ground ground = new Ground(
                IdentityKey.ofSymmetric(id),
                new Standing.ByIdentity(),
                new Basis.SharedKey(Basis.SharedKey.Place.PRIMARY),
                false,
                new Ground.Known(Optional.empty(), false, false, false),
                Optional.empty(),
                false);
        AttemptId number = new AttemptId(new UUID(0, attempts.size() + 1L));
        attempts.add(new Attempt(
                number,
                new Name("acme"),
                id,
                Samples.NOW,
                Optional.of(new Origin(enrollment, 1)),
                Attempt.Result.ACCEPTED,
                "initial",
                List.of(),
                "dps-https",
                "192.0.2.7",
                Optional.of(ground)));
        return number;
    }

    @Override
    public Recognition recognize(EnrollmentRequest request) {
        Name tenant = new Name(request.scope().orElseThrow());
        return roster.tenants().stream()
                .filter(it -> it.name().equals(tenant))
                .findFirst()
                .<Recognition>map(it -> new Recognition.Recognized(
                        request,
                        it,
                        roster.enrollments(tenant, Optional.empty(), 64).stream()
                                .filter(one -> request.enrollment()
                                        .map(one.name()::equals)
                                        .orElse(true))
                                .toList(),
                        roster.hubs(tenant),
                        roster.profiles(tenant),
                        1))
                .orElseGet(() -> new Recognition.Unrecognized(new Refusal.UnknownTenant()));
    }

    @Override
    public Endpoint endpoint(Optional<String> scope, Optional<Name> enrollment) {
        return new Endpoint.Nothing(new Refusal.UnknownTenant());
    }

    @Override
    public List<Enrollment> trusting(Optional<String> scope, Set<String> issuers) {
        return List.of();
    }

    @Override
    public List<Name> tenantsAt(String host) {
        return List.of();
    }

    @Override
    public Map<PolicyName, NamedPolicy> policies(Name tenant, Set<PolicyName> names) {
        return policies.list(tenant).stream()
                .filter(it -> names.contains(it.name()))
                .collect(Collectors.toMap(NamedPolicy::name, Function.identity()));
    }

    @Override
    public void refresh() {}

    @Override
    public Snapshot look(
            Name tenant, RegistrationId name, IdentityKey key, Optional<IdentityKey> requested, Instant now) {
        return new Snapshot(Optional.empty(), Optional.empty(), false, false, clock(now), now);
    }

    @Override
    public Snapshot.Clock clock(Instant now) {
        return new Snapshot.Clock.Trusted();
    }

    @Override
    public synchronized Page of(Name tenant, Name enrollment, Instant since, Optional<Place> after, int limit) {
        if (after.isPresent()) {
            throw new PlaceUnknown();
        }
        return new Page(
                attempts.stream()
                        .filter(it -> it.tenant().equals(tenant) && !it.at().isBefore(since))
                        .filter(it -> it.origin()
                                .map(origin -> origin.enrollment().equals(enrollment))
                                .orElse(false))
                        .toList(),
                Optional.empty());
    }

    @Override
    public List<Attempt> of(Name tenant, Scope scope, RegistrationId name, int limit) {
        return List.of();
    }

    @Override
    public synchronized Optional<Attempt> find(Name tenant, AttemptId id) {
        return attempts.stream()
                .filter(it -> it.tenant().equals(tenant) && it.id().equals(id))
                .findFirst();
    }

    @Override
    public Optional<Enrollment> of(Name tenant, Origin origin) {
        return roster.enrollment(tenant, origin.enrollment());
    }

    @Override
    public Optional<Enrollment> individual(Name tenant, RegistrationId device) {
        return Optional.empty();
    }
}
