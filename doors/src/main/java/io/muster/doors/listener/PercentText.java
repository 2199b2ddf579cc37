package io.muster.doors.listener;

import java.util.HexFormat;
import java.util.Optional;

/// Percent-encoding (RFC 3986 section 2.1), strict: two hexadecimal digits after each `%`, and only printable ASCII
/// before and after. A `+` stays a plus.
final class PercentText {

    private PercentText() {}

    static Optional<String> decode(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int width = 1;
            if (c == '%') {
                if (at + 2 >= text.length() || !hex(text.charAt(at + 1)) || !hex(text.charAt(at + 2))) {
                    return Optional.empty();
                }
                c = (char) HexFormat.fromHexDigits(text, at + 1, at + 3);
                width = 3;
            }
            if (!printable(c)) {
                return Optional.empty();
            }
            decoded.append(c);
            at += width;
        }
        return Optional.of(decoded.toString());
    }

    private static boolean hex(char c) {
        return HexFormat.isHexDigit(c);
    }

    private static boolean printable(char c) {
        return c >= 0x20 && c < 0x7f;
    }
}
