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
    COLUMNS,
    /// Lines of 64 columns as MIME ends them (RFC 2045 section 6.8), for the parts of a multipart answer.
    MIME;

    private static final String LIBEST = "libest";
    private static final int WIDTH = 64;

    /// The layout that the caller can read.
    static Base64Layout of(HttpExchange exchange) {
        String client = exchange.fields().first("User-Agent").orElse("");
        return client.regionMatches(true, 0, LIBEST, 0, LIBEST.length()) ? COLUMNS : LINE;
    }

    String lay(byte[] octets) {
        return switch (this) {
            case LINE -> text(Base64.getEncoder(), octets) + "\n";
            case COLUMNS -> text(Base64.getMimeEncoder(WIDTH, new byte[] {'\n'}), octets) + "\n";
            case MIME -> text(Base64.getMimeEncoder(WIDTH, new byte[] {'\r', '\n'}), octets) + "\r\n";
        };
    }

    private static String text(Base64.Encoder encoder, byte[] octets) {
        return new String(encoder.encode(octets), StandardCharsets.US_ASCII);
    }
}
