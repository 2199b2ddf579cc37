package io.muster.core.roster;

import java.util.Optional;
import java.util.UUID;

/// Number of a token: names it to operators, and opens nothing.
public record TokenId(UUID value) {

    public static Optional<TokenId> parse(String text) {
        try {
            return text.length() == 36 ? Optional.of(new TokenId(UUID.fromString(text))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
