package io.muster.core.device;

import java.util.Optional;

/// A fact and its value: the text of a string, or of a number, `true` or `false` as the device wrote it. Nothing else
/// is looked for.
public record Fact(FactName name, String value) {

    /// The longest value that is looked for; a longer one is not found.
    public static final int MAX_VALUE = 256;

    /// Reads `/serial=SN-1`.
    public static Optional<Fact> parse(String text) {
        int at = text.indexOf('=');
        if (at < 0 || at == text.length() - 1 || text.length() - at - 1 > MAX_VALUE) {
            return Optional.empty();
        }
        return FactName.parse(text.substring(0, at)).map(name -> new Fact(name, text.substring(at + 1)));
    }
}
