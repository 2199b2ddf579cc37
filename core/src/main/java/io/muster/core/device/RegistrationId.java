package io.muster.core.device;

import java.util.Locale;
import java.util.Optional;

/// The name by which a device registers.
///
/// @param canonical lower case; two ids are the same id when this is equal
/// @param display   as the device wrote it the first time
public record RegistrationId(String canonical, String display) {

    /// Longest id, in characters.
    public static final int MAX_LENGTH = 128;

    /// Parses an id once, at the wall. The alphabet is `[A-Za-z0-9._:-]`; an id never ends in a dot, so that no
    /// dot-segment of a path can be one. Empty when the text is not an id.
    public static Optional<RegistrationId> parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.endsWith(".")) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (!allowed(text.charAt(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(new RegistrationId(text.toLowerCase(Locale.ROOT), text));
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == ':';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegistrationId that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    @Override
    public String toString() {
        return display;
    }
}
