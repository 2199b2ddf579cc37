package io.muster.core.template;

import java.util.Optional;

/// What shall happen where a resource exists already. Empty: the template does not say.
///
/// @param certificateStatus never [Action#MERGE]
/// @param thingType         never [Action#MERGE]
public record Overrides(
        Optional<Action> attributes,
        Optional<Action> thingType,
        Optional<Action> groups,
        Optional<Action> certificateStatus) {

    public static final Overrides NONE =
            new Overrides(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /// As a template writes it.
    public enum Action {
        /// What is there stays.
        DO_NOTHING,
        /// What the template says takes its place.
        REPLACE,
        /// The request fails.
        FAIL,
        /// Both, what the template says first.
        MERGE
    }

    public Overrides {
        if (thingType.equals(Optional.of(Action.MERGE)) || certificateStatus.equals(Optional.of(Action.MERGE))) {
            throw new IllegalArgumentException("only attributes and groups can be merged");
        }
    }
}
