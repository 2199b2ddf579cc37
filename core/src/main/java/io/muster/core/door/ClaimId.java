package io.muster.core.door;

import java.util.Optional;
import java.util.UUID;

/// Number of a claim: names it to operators, and opens nothing.
public record ClaimId(UUID value) {

    public static Optional<ClaimId> parse(String text) {
        try {
            return text.length() == 36 ? Optional.of(new ClaimId(UUID.fromString(text))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
