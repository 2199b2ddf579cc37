package io.muster.x509.lint;

import io.muster.x509.codec.Der;
import io.muster.x509.codec.DerElement;
import io.muster.x509.codec.Validity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/// Reads times by the letter of RFC 5280 section 4.1.2.5: to the second, in UTC, in two digits of the year through 2049
/// and in four from 2050 on.
final class DraftTimes {

    private static final int FIRST_LONG_YEAR = 2050;
    private static final int SHORT = 13;
    private static final int LONG = 15;

    private DraftTimes() {}

    static Optional<Validity> validity(DerElement notBefore, DerElement notAfter) {
        Optional<Instant> start = time(notBefore);
        Optional<Instant> end = time(notAfter);
        return start.isPresent() && end.isPresent()
                ? Optional.of(new Validity(start.get(), end.get()))
                : Optional.empty();
    }

    private static Optional<Instant> time(DerElement element) {
        boolean isShort = element.is(Der.UTC_TIME);
        byte[] text = element.content();
        int length = isShort ? SHORT : LONG;
        if ((!isShort && !element.is(Der.GENERALIZED_TIME)) || text.length != length || text[length - 1] != 'Z') {
            return Optional.empty();
        }
        for (int i = 0; i < length - 1; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return Optional.empty();
            }
        }
        int year = isShort ? century(two(text, 0)) + two(text, 0) : 100 * two(text, 0) + two(text, 2);
        return isShort || year >= FIRST_LONG_YEAR ? instant(year, text, isShort ? 2 : 4) : Optional.empty();
    }

    private static int century(int year) {
        return year >= 50 ? 1900 : 2000;
    }

    private static Optional<Instant> instant(int year, byte[] text, int at) {
        try {
            return Optional.of(LocalDateTime.of(
                            year,
                            two(text, at),
                            two(text, at + 2),
                            two(text, at + 4),
                            two(text, at + 6),
                            two(text, at + 8))
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int two(byte[] text, int at) {
        return 10 * (text[at] - '0') + text[at + 1] - '0';
    }
}
