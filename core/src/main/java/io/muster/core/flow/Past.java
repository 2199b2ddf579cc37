package io.muster.core.flow;

import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.FactTerms;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Treatment;
import io.muster.core.roster.Versions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/// The versions that one tenant's enrollments had, each read and compared once. Used by one thread.
final class Past {

    private final Versions versions;
    private final Name tenant;
    private final Map<Origin, Optional<Enrollment>> read = new HashMap<>();
    private final Map<Pair, Boolean> same = new HashMap<>();
    private final Map<Pair, Boolean> revoked = new HashMap<>();

    Past(Versions versions, Name tenant) {
        this.versions = versions;
        this.tenant = tenant;
    }

    private record Pair(Origin then, Origin now) {}

    Optional<Enrollment> version(Origin origin) {
        return read.computeIfAbsent(origin, it -> versions.of(tenant, it));
    }

    /// Whether a version asked for the very proof that the candidate asks for. Lists may be long: they are compared
    /// once, not once a try.
    boolean sameProof(Origin origin, Enrollment candidate) {
        return same.computeIfAbsent(new Pair(origin, candidate.origin()), ignored -> version(origin)
                .filter(then -> then.proof().equals(candidate.proof()))
                .isPresent());
    }

    /// Whether a version asked for the very certificates and outward ids that the candidate gives.
    boolean sameTerms(Origin origin, Enrollment candidate) {
        Treatment now = candidate.treatment();
        return version(origin)
                .map(Enrollment::treatment)
                .filter(then -> then.deviceId().equals(now.deviceId()))
                .filter(then ->
                        then.certificates().profile().equals(now.certificates().profile()))
                .isPresent();
    }

    /// What a version made of what its devices said.
    FactTerms facts(Origin origin) {
        return version(origin).map(it -> it.treatment().facts()).orElse(FactTerms.NONE);
    }

    /// Whether that version had every revocation list that the candidate has.
    boolean hadLists(Origin origin, Enrollment candidate) {
        return revoked.computeIfAbsent(
                new Pair(origin, candidate.origin()),
                ignored -> candidate.proof() instanceof Proof.TpmManufacturers now
                        && version(origin).map(Enrollment::proof).orElse(new Proof.OneTimeTokens())
                                instanceof Proof.TpmManufacturers then
                        && new HashSet<>(then.revocations()).containsAll(now.revocations()));
    }
}
