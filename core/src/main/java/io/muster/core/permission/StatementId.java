package io.muster.core.permission;

import io.muster.core.device.PolicyName;
import java.util.Optional;

/// Which statement of which policy, both counted from 1.
///
/// @param name of the policy, where it has one
public record StatementId(int policy, Optional<PolicyName> name, int statement, Optional<String> sid) {

    /// In words.
    @Override
    public String toString() {
        return "statement " + statement + " of policy "
                + name.map(PolicyName::value).orElseGet(() -> Integer.toString(policy))
                + sid.map(it -> " (" + it + ")").orElse("");
    }
}
