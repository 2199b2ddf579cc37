package io.muster.store.embedded;

import java.time.Instant;

/// How the bundled server fares at this moment.
public sealed interface Health {

    /// It answers, and has answered since then.
    record Up(Instant since) implements Health {}

    /// It does not answer: it is starting, or recovering after a crash, or waiting for its next start.
    ///
    /// @param reason in words, for an operator
    record Down(String reason, Instant since) implements Health {}

    /// It was told to stop.
    record Stopped() implements Health {}

    /// Whether connections may be expected to succeed.
    default boolean serves() {
        return this instanceof Up;
    }
}
