package io.muster.x509.path;

import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.Extensions.Policies;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Certificate policies without the policy tree, whose size an attacker can make exponential (RFC 9618). Where some CA
/// demands a policy, one policy must stand in every certificate below the anchor. Mappings are not followed, and
/// `anyPolicy` stops to count everywhere as soon as anybody inhibits it: both can only refuse more than RFC 5280
/// section 6.1 does, never less.
final class PolicyRules {

    private PolicyRules() {}

    static Optional<PathFinding> check(List<Certificate> path) {
        for (int at = path.size() - 1; at >= 0; at--) {
            Certificate demanding = path.get(at);
            int certificatesBelow = at;
            boolean demanded = demanding.extensions().policies().requireExplicit().stream()
                    .anyMatch(distance -> distance <= certificatesBelow);
            if (demanded && !sharesOne(path)) {
                return Optional.of(
                        new PathFinding.PolicyMissing(demanding.subject().text()));
            }
        }
        return Optional.empty();
    }

    private static boolean sharesOne(List<Certificate> path) {
        boolean anyCounts = path.stream()
                .noneMatch(certificate -> certificate.extensions().policies().inhibitAny());
        List<Set<String>> narrowing = path.subList(0, path.size() - 1).stream()
                .map(certificate -> certificate.extensions().policies().asserted())
                .filter(asserted -> !(anyCounts && asserted.contains(Policies.ANY_POLICY)))
                .toList();
        if (narrowing.isEmpty()) {
            return true;
        }
        Set<String> shared = narrowing.getFirst().stream()
                .filter(policy -> !policy.equals(Policies.ANY_POLICY))
                .collect(Collectors.toSet());
        narrowing.forEach(shared::retainAll);
        return !shared.isEmpty();
    }
}
