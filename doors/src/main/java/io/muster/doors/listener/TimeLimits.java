package io.muster.doors.listener;

import java.time.Duration;

/// How long a caller may take. Each limit counts from the first byte of its part, not from the last one: a caller
/// that drips bytes gains nothing.
///
/// @param handshake to finish TLS
/// @param headers to send a request's head
/// @param body to send a request's body, and to take an answer
/// @param idle between two requests
public record TimeLimits(Duration handshake, Duration headers, Duration body, Duration idle) {

    /// What suits who fetches a file of some 10 MB over a slow link, and sends next to nothing.
    public static TimeLimits downloads() {
        return new TimeLimits(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(10));
    }

    /// What suits devices on slow links.
    public static TimeLimits usual() {
        return new TimeLimits(
                Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60));
    }
}
