package io.muster.core.roster;

import java.util.Optional;
import java.util.UUID;

/// Number of an import.
public record ImportId(UUID value) {

    public static Optional<ImportId> parse(String text) {
        try {
            return text.length() == 36 ? Optional.of(new ImportId(UUID.fromString(text))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
