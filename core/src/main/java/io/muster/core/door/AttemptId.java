package io.muster.core.door;

import java.util.Optional;
import java.util.UUID;

/// The number of one try, told to the device and found by the operator.
public record AttemptId(UUID value) {

    /// Parses the printed form; empty when the text is not one.
    public static Optional<AttemptId> parse(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            UUID value = UUID.fromString(text);
            return value.toString().equalsIgnoreCase(text) ? Optional.of(new AttemptId(value)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
