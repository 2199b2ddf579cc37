package io.muster.fleet.channel;

import java.time.Duration;
import java.util.Optional;

/// One answer, before anything in it is believed.
///
/// @param status      HTTP status, whatever protocol brought it
/// @param contentType media type of the body, or empty
/// @param retryAfter  how long to wait, as the server wrote it, where it did
/// @param body        its body
public record Reply(int status, String contentType, Optional<String> retryAfter, String body) {

    private static final int LONGEST_PAUSE_SECONDS = 300;

    /// The pause that the server names in whole seconds, from 0 to 300; what is longer is cut. Absent where it names
    /// none, or not in seconds.
    public Optional<Duration> pause() {
        return retryAfter
                .filter(seconds -> seconds.matches("[0-9]{1,3}"))
                .map(seconds -> Duration.ofSeconds(Math.min(Integer.parseInt(seconds), LONGEST_PAUSE_SECONDS)));
    }
}
