package io.muster.core.device;

import java.util.Optional;

/// The name of a policy of AWS IoT: 1 to 128 characters of `[A-Za-z0-9_+=,.@-]`, where case counts. `.` and `..` are
/// none, though AWS takes them: a path could not name them (RFC 3986 section 5.2.4).
public record PolicyName(String value) implements Comparable<PolicyName> {

    /// Longest name, in characters.
    public static final int MAX_LENGTH = 128;

    /// The name in words, for messages that refuse another.
    public static final String RULE = "1 to 128 characters: A-Z, a-z, 0-9 and _+=,.@-, and neither . nor ..";

    private static final String MARKS = "_+=,.@-";

    public PolicyName {
        if (!valid(value)) {
            throw new IllegalArgumentException("not a policy's name: " + RULE);
        }
    }

    /// Parses a name at the wall; empty when the text is not one.
    public static Optional<PolicyName> parse(String text) {
        return valid(text) ? Optional.of(new PolicyName(text)) : Optional.empty();
    }

    private static boolean valid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && !text.equals(".")
                && !text.equals("..")
                && text.chars().allMatch(PolicyName::allowed);
    }

    private static boolean allowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || MARKS.indexOf(c) >= 0;
    }

    @Override
    public int compareTo(PolicyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
