package io.muster.server.logging;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A record as people read it.
final class TextLine {

    /// Controls, and what reorders or hides text: a device's facts must not move a terminal nor look like another
    /// line.
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\x{2028}\\x{2029}]");

    private TextLine() {}

    static String of(LogRecord record) {
        StringBuilder line = new StringBuilder(160)
                .append(record.time())
                .append(' ')
                .append("%-5s".formatted(record.level()))
                .append(' ')
                .append(record.shortLogger());
        record.numbers().forEach((name, number) -> line.append(" [")
                .append(name)
                .append(' ')
                .append(number)
                .append(']'));
        line.append(": ").append(record.message());
        record.failure().ifPresent(causes -> line.append(" (")
                .append(String.join("; caused by ", causes))
                .append(')'));
        return HARMFUL.matcher(line).replaceAll(found -> Matcher.quoteReplacement(escaped(found.group())));
    }

    private static String escaped(String found) {
        return "\\u{%x}".formatted(found.codePointAt(0));
    }
}
