package io.muster.core.device;

import java.util.Optional;

/// The name that an operator gave to a tenant, a region, a hub or an enrollment: 1 to 63 characters of `[a-z0-9-]`,
/// the first not a hyphen. It contains no dot, since `tenant.enrollment` is a label on several wires, and it has one
/// spelling only.
public record Name(String value) implements Comparable<Name> {

    /// Longest name, in characters (a DNS label, RFC 1035 section 2.3.4).
    public static final int MAX_LENGTH = 63;

    /// The name in words, for messages that refuse another.
    public static final String RULE = "1 to 63 characters of a-z, 0-9 and hyphen, not starting with a hyphen";

    public Name {
        if (!valid(value)) {
            throw new IllegalArgumentException("not a name: " + RULE);
        }
    }

    /// Parses a name at the wall; empty when the text is not one.
    public static Optional<Name> parse(String text) {
        return valid(text) ? Optional.of(new Name(text)) : Optional.empty();
    }

    private static boolean valid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.charAt(0) != '-'
                && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    @Override
    public int compareTo(Name other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
