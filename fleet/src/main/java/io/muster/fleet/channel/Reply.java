package io.muster.fleet.channel;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/// One HTTP answer, before anything in it is believed.
///
/// @param status  HTTP status
/// @param headers its header fields
/// @param body    its body
public record Reply(int status, HttpHeaders headers, String body) {

    private static final int LONGEST_PAUSE_SECONDS = 300;

    /// The pause that the server names in whole seconds, from 0 to 300; what is longer is cut. Absent where it names
    /// none, or not in seconds.
    public Optional<Duration> pause() {
        return Optional.ofNullable(headers.get(HttpHeaderNames.RETRY_AFTER))
                .filter(seconds -> seconds.matches("[0-9]{1,3}"))
                .map(seconds -> Duration.ofSeconds(Math.min(Integer.parseInt(seconds), LONGEST_PAUSE_SECONDS)));
    }

    public String contentType() {
        return headers.get(HttpHeaderNames.CONTENT_TYPE, "");
    }
}
