package io.muster.doors.est;

import io.muster.doors.listener.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// How base64 is laid out in an answer. No layout suits everybody: strongSwan reads one line only, libest no line of
/// more than about 1,000 characters. Both name themselves differently, so each gets its own.
enum Base64Layout {
    /// One line, and a line feed.
    LINE,
    /// Lines of 64 columns, each with a line feed.
    COLUMNS;

    private static final String LIBEST = "libest";
    private static final int WIDTH = 64;

    /// The layout that the caller can read.
    static Base64Layout of(HttpExchange exchange) {
        String client = exchange.fields().first("User-Agent").orElse("");
        return client.regionMatches(true, 0, LIBEST, 0, LIBEST.length()) ? COLUMNS : LINE;
    }

    String lay(byte[] octets) {
        Base64.Encoder encoder =
                switch (this) {
                    case LINE -> Base64.getEncoder();
                    case COLUMNS -> Base64.getMimeEncoder(WIDTH, new byte[] {'\n'});
                };
        return new String(encoder.encode(octets), StandardCharsets.US_ASCII) + "\n";
    }
}
