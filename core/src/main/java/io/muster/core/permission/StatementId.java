package io.muster.core.permission;

import java.util.Optional;

/// Which statement of which policy, both counted from 1.
public record StatementId(int policy, int statement, Optional<String> sid) {

    /// In words.
    @Override
    public String toString() {
        return "statement " + statement + " of policy " + policy
                + sid.map(it -> " (" + it + ")").orElse("");
    }
}
