package io.muster.core.access;

import java.util.Optional;
import java.util.regex.Pattern;

/// The number of an access key: 80 random bits in 16 digits of base 32. It is no secret.
public record KeyId(String value) {

    public static final int LENGTH = 16;

    private static final Pattern FORM = Pattern.compile("[0-9a-v]{" + LENGTH + "}");

    public KeyId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not the number of a key");
        }
    }

    /// Parses a number at the wall; empty when the text is none.
    public static Optional<KeyId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new KeyId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
