package io.muster.core.template;

import java.util.Optional;

/// A declared parameter. Its type is always `String`.
///
/// @param standard the value when none is given
public record Parameter(Optional<String> standard) {

    /// Longest name and longest value, in characters, as AWS publishes them for RegisterThing.
    public static final int MAX_NAME = 2_048;

    public static final int MAX_VALUE = 4_096;
}
