package io.muster.core.permission;

import java.util.List;
import java.util.Optional;

/// A statement of a policy.
///
/// @param sid        the name that its author gave it
/// @param conditions all of them must be met
public record Statement(
        Optional<String> sid,
        Effect effect,
        List<ActionPattern> actions,
        List<ResourcePattern> resources,
        List<Condition> conditions) {

    /// What a statement does when it applies.
    public enum Effect {
        ALLOW,
        DENY
    }

    public Statement {
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }
}
