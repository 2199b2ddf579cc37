package io.muster.doors.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Turns an answer into what goes on the wire, with the fields that every answer carries.
final class AnswerWriter {

    private static final AsciiString SERVER = AsciiString.cached("Muster");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private record Stamp(long second, String text) {}

    private final InstantSource clock;
    private volatile Stamp stamp;

    AnswerWriter(InstantSource clock) {
        this.clock = clock;
        this.stamp = stamp(clock.instant());
    }

    /// @param close    whether the connection ends after this answer
    /// @param bodiless whether the body stays behind, as after HEAD; its length is told all the same
    FullHttpResponse write(HttpAnswer answer, boolean close, boolean bodiless) {
        ByteBuf content = bodiless
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(answer.body().toArray());
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()), content);
        answer.fields().forEach(response.headers()::set);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().size())
                .set(HttpHeaderNames.DATE, date())
                .set(HttpHeaderNames.SERVER, SERVER);
        if (close) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }

    /// Devices without a clock read the time here, so it is always sent (RFC 9110 section 6.6.1).
    private String date() {
        Instant now = clock.instant();
        if (stamp.second() != now.getEpochSecond()) {
            stamp = stamp(now);
        }
        return stamp.text();
    }

    private static Stamp stamp(Instant instant) {
        return new Stamp(instant.getEpochSecond(), HTTP_DATE.format(instant));
    }
}
