package io.muster.core.telemetry;

/// A question about a message, asked of each one. It ends soon whatever the message says, never throws, and is asked
/// by any number of threads.
@FunctionalInterface
public interface RouteCondition {

    Judgment about(Message message);
}
