package io.muster.outlets.http;

import io.muster.core.device.Bytes;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a server said.
///
/// @param headers by their names in lower case
public record Answer(int status, Map<String, String> headers, Bytes body) {

    /// What `Retry-After` says beyond this is a mistake.
    private static final Duration LONGEST = Duration.ofDays(1);

    public Answer {
        headers = Map.copyOf(headers);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /// How long the server asks to be left alone (RFC 9110 section 10.2.3); zero where it does not.
    public Duration retryAfter(Instant now) {
        Duration asked =
                header("Retry-After").map(text -> length(text.strip(), now)).orElse(Duration.ZERO);
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
    }

    private static Duration length(String text, Instant now) {
        try {
            return text.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(now, ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.size() + " bytes]";
    }
}
