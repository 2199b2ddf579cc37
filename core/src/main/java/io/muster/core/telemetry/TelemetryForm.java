package io.muster.core.telemetry;

import java.util.Optional;

/// Writes messages in the one form that every sink gets. Called by any number of threads.
@FunctionalInterface
public interface TelemetryForm {

    /// @param aside why it is put aside, where it is
    Outgoing write(Message message, Optional<String> aside);
}
