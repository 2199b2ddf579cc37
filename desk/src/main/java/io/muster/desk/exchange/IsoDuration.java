package io.muster.desk.exchange;

import java.time.Duration;

/// Time spans as the contract has them: ISO 8601 in days, hours, minutes and seconds.
public final class IsoDuration {

    private IsoDuration() {}

    /// Reads a time span that kept the contract's form, and holds it against its bounds.
    public static Form<Duration> read(String text, String at, Duration least, Duration most) {
        Duration span = Duration.parse(text);
        return span.compareTo(least) >= 0 && span.compareTo(most) <= 0
                ? Form.of(span)
                : Form.faulty(
                        at,
                        "The time span is " + words(span) + "; it must be " + words(least) + " to " + words(most) + ".",
                        "Write one within these bounds, such as " + show(most) + " for the longest.");
    }

    /// Whole days as days: a year reads P365D, not PT8760H.
    public static String show(Duration span) {
        boolean days = !span.isZero() && Duration.ofDays(span.toDays()).equals(span);
        return days ? "P" + span.toDays() + "D" : span.toString();
    }

    private static String words(Duration span) {
        if (span.toSeconds() % 86_400 == 0 && !span.isZero()) {
            return counted(span.toDays(), "day");
        }
        if (span.toSeconds() % 60 == 0 && !span.isZero()) {
            return counted(span.toMinutes(), "minute");
        }
        return counted(span.toSeconds(), "second");
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
