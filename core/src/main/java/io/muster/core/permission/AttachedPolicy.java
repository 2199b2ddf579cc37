package io.muster.core.permission;

import io.muster.core.device.PolicyName;
import java.util.List;
import java.util.Optional;

/// A policy of a certificate, as it stands when a question is asked.
public sealed interface AttachedPolicy {

    /// @param name empty for one that is the device's own
    record Standing(Optional<PolicyName> name, PolicyDocument document) implements AttachedPolicy {}

    /// It was attached by its name, and there is none of that name.
    record Gone(PolicyName name) implements AttachedPolicy {}

    /// One that nothing else shares.
    static AttachedPolicy own(PolicyDocument document) {
        return new Standing(Optional.empty(), document);
    }

    /// The first of some that is gone.
    static Optional<PolicyName> gone(List<AttachedPolicy> policies) {
        return policies.stream()
                .filter(Gone.class::isInstance)
                .map(Gone.class::cast)
                .map(Gone::name)
                .findFirst();
    }
}
