package io.muster.doors.listener;

import io.muster.core.device.Bytes;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.InstantSource;

/// Turns an answer into what goes on the wire, with the fields that every answer carries.
final class AnswerWriter {

    private static final AsciiString MUSTER = AsciiString.cached("Muster");

    // Spelled as in the RFCs: some devices compare names letter by letter.
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
    private static final AsciiString DATE = AsciiString.cached("Date");
    private static final AsciiString SERVER = AsciiString.cached("Server");
    private static final AsciiString CONNECTION = AsciiString.cached("Connection");

    private static final Bytes NOTHING = Bytes.of(new byte[0]);

    private record Stamp(long second, String text) {}

    private final InstantSource clock;
    private volatile Stamp stamp;

    AnswerWriter(InstantSource clock) {
        this.clock = clock;
        this.stamp = stamp(clock.instant());
    }

    /// Writes the answer and flushes it.
    ///
    /// @param close    whether the connection ends after this answer
    /// @param bodiless whether the body stays behind, as after HEAD; its length is told all the same
    @SuppressWarnings("FutureReturnValueIgnored") // where the head fails, the body behind it fails too
    ChannelFuture write(ChannelHandlerContext ctx, HttpAnswer answer, boolean close, boolean bodiless) {
        Bytes body = bodiless ? NOTHING : answer.body();
        if (body.size() <= BodySlices.SLICE) {
            HttpResponseStatus status = HttpResponseStatus.valueOf(answer.status());
            return ctx.writeAndFlush(head(
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body.view())),
                    answer,
                    close));
        }
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
        ctx.write(head(head, answer, close));
        return ctx.writeAndFlush(new HttpChunkedInput(new BodySlices(body)));
    }

    /// Always with the length, never in chunks: some devices know no chunks.
    private HttpResponse head(HttpResponse response, HttpAnswer answer, boolean close) {
        answer.fields().forEach(response.headers()::set);
        if (!saysNothingOfLength(answer.status())) {
            response.headers().set(CONTENT_LENGTH, answer.body().size());
        }
        response.headers().set(DATE, date()).set(SERVER, MUSTER);
        if (close) {
            response.headers().set(CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }

    /// RFC 9110 section 8.6: these have no body, and the length of another answer would be meant.
    private static boolean saysNothingOfLength(int status) {
        return status == HttpResponseStatus.NO_CONTENT.code() || status == HttpResponseStatus.NOT_MODIFIED.code();
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
        return new Stamp(instant.getEpochSecond(), HttpDate.of(instant));
    }
}
