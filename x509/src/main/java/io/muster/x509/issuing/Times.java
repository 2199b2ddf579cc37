package io.muster.x509.issuing;

import io.muster.x509.codec.Der;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Times in certificates and CRLs: UTCTime through the year 2049, GeneralizedTime from then on (RFC 5280 section
/// 4.1.2.5).
final class Times {

    private static final int FIRST_YEAR = 1950;
    private static final int LAST_YEAR = 2049;

    private Times() {}

    static byte[] der(Instant instant) {
        LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        boolean isShort = time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR;
        byte[] digits = new byte[isShort ? 13 : 15];
        int at = 0;
        if (!isShort) {
            at = two(digits, at, time.getYear() / 100);
        }
        at = two(digits, at, time.getYear() % 100);
        at = two(digits, at, time.getMonthValue());
        at = two(digits, at, time.getDayOfMonth());
        at = two(digits, at, time.getHour());
        at = two(digits, at, time.getMinute());
        at = two(digits, at, time.getSecond());
        digits[at] = 'Z';
        return Der.element(isShort ? Der.UTC_TIME : Der.GENERALIZED_TIME, digits);
    }

    private static int two(byte[] digits, int at, int number) {
        digits[at] = (byte) ('0' + number / 10);
        digits[at + 1] = (byte) ('0' + number % 10);
        return at + 2;
    }
}
