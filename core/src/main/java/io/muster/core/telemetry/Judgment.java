package io.muster.core.telemetry;

/// What came of asking a condition about a message.
public sealed interface Judgment {

    record Holds() implements Judgment {}

    record DoesNotHold() implements Judgment {}

    /// Neither can be said: what it asks for is not there, or asking took too much.
    ///
    /// @param why in a few words; it may repeat some of what the device said, and is kept where the message is
    record CannotTell(String why) implements Judgment {}
}
