package io.muster.core.device;

import java.util.HexFormat;

/// One JSON value as text, checked at the wall (strict, bounded, RFC 8259) and written compactly. The core carries it
/// and never looks inside.
///
/// @param text the value, without insignificant white space
public record Json(String text) {

    /// A string as a JSON value (RFC 8259, section 7).
    public static Json ofText(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ' || c == 0x7f) {
                json.append("\\u").append(HexFormat.of().toHexDigits((char) c));
            } else {
                json.append((char) c);
            }
        });
        return new Json(json.append('"').toString());
    }

    /// Whether the value is an object: the only form that every SDK takes back.
    public boolean isObject() {
        return text.startsWith("{");
    }
}
