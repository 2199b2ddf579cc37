package io.muster.outlets.cel;

import io.muster.core.telemetry.RouteCondition;

/// What came of reading an expression.
public sealed interface Compiled {

    record Usable(RouteCondition condition) implements Compiled {}

    /// It is not taken.
    ///
    /// @param why in words, with the place and what CEL says of it
    record Faulty(String why) implements Compiled {}
}
