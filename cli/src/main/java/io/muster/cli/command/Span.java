package io.muster.cli.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A time span as people type it: 30d, 12h, 90m, 45s, or 0.
///
/// @param iso in the form of ISO 8601, as the admin API has it
record Span(String iso) {

    private static final Pattern TYPED = Pattern.compile("([0-9]{1,5})([dhms])");

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /// A span of the admin API in words, in the largest unit that it fills.
    static String words(String iso) {
        long seconds = Duration.parse(iso).toSeconds();
        if (seconds >= DAY && seconds % DAY == 0) {
            return counted(seconds / DAY, "day");
        }
        if (seconds >= HOUR && seconds % HOUR == 0) {
            return counted(seconds / HOUR, "hour");
        }
        return seconds >= MINUTE && seconds % MINUTE == 0
                ? counted(seconds / MINUTE, "minute")
                : counted(seconds, "second");
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    /// Reads what was typed.
    static final class Reader implements ITypeConverter<Span> {
        @Override
        public Span convert(String value) {
            if (value.equals("0")) {
                return new Span("PT0S");
            }
            Matcher typed = TYPED.matcher(value);
            if (!typed.matches()) {
                throw new TypeConversionException(
                        value + " is no time span: write a number with its unit, such as 30d, 12h, 90m or 45s, or 0");
            }
            String number = typed.group(1);
            return new Span(
                    switch (typed.group(2)) {
                        case "d" -> "P" + number + "D";
                        case "h" -> "PT" + number + "H";
                        case "m" -> "PT" + number + "M";
                        default -> "PT" + number + "S";
                    });
        }
    }
}
