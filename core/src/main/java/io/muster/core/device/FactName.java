package io.muster.core.device;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which fact of all that a device says of itself: a JSON pointer (RFC 6901) of plain names, such as `/serial` or
/// `/site/id`.
public record FactName(String pointer) {

    /// For people.
    public static final String RULE = "a slash before each of 1 to 4 names of A-Z, a-z, 0-9, '.', '_' and '-'";

    private static final Pattern FORM = Pattern.compile("(/[A-Za-z0-9._-]{1,32}){1,4}");

    public FactName {
        if (!FORM.matcher(pointer).matches()) {
            throw new IllegalArgumentException("a fact is named by " + RULE);
        }
    }

    public static Optional<FactName> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new FactName(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return pointer;
    }
}
