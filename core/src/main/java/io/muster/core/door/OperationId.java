package io.muster.core.door;

import java.util.Optional;
import java.util.UUID;

/// The number of a try that was deferred, with which the device asks again.
public record OperationId(UUID value) {

    public static OperationId random() {
        return new OperationId(UUID.randomUUID());
    }

    /// Parses the printed form; empty when the text is not one.
    public static Optional<OperationId> parse(String text) {
        return AttemptId.parse(text).map(id -> new OperationId(id.value()));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
