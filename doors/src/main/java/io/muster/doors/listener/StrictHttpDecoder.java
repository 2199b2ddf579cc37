package io.muster.doors.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Netty's decoder, without its leniency: a header line that folds (RFC 9112 section 5.2) and a request line with
/// anything but two single spaces and printable ASCII are malformed. Bare line feeds, repeated lengths, a length beside
/// a transfer coding and control characters in fields Netty refuses by itself.
final class StrictHttpDecoder extends HttpRequestDecoder {

    private static final int EXTRA_LINES = 8;

    private boolean lineSeen;
    private boolean inBody;
    private boolean refused;

    StrictHttpDecoder(SizeLimits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.requestLine())
                .setMaxHeaderSize(limits.headers())
                .setMaxChunkSize(limits.body()));
    }

    /// Whether bytes of a request have come whose end has not.
    boolean midRequest() {
        return lineSeen || inBody || actualReadableBytes() > 0;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (refused || (!inBody && !wellFormed(in))) {
            refuse(in, out);
            return;
        }
        int before = out.size();
        super.decode(ctx, in, out);
        for (int i = before; i < out.size(); i++) {
            follow(out.get(i));
        }
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) throws Exception {
        lineSeen = true;
        return super.createMessage(initialLine);
    }

    private void follow(Object part) {
        if (part instanceof HttpRequest) {
            lineSeen = false;
            inBody = true;
        }
        if (part instanceof LastHttpContent) {
            inBody = false;
        }
    }

    private void refuse(ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
        if (!refused) {
            refused = true;
            lineSeen = false;
            HttpMessage malformed = createInvalidMessage();
            malformed.setDecoderResult(
                    DecoderResult.failure(new IllegalArgumentException("request line or header line malformed")));
            out.add(malformed);
        }
    }

    private boolean wellFormed(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        if (!lineSeen) {
            at = skipEmptyLines(in, at, end);
            int lineEnd = in.indexOf(at, end, HttpConstants.LF);
            if (lineEnd < 0) {
                return true;
            }
            if (!wellFormedRequestLine(in, at, lineEnd)) {
                return false;
            }
            at = lineEnd + 1;
        }
        return !folds(in, at, end);
    }

    /// RFC 9112 section 2.2 lets a server ignore empty lines before a request; a few will do.
    private static int skipEmptyLines(ByteBuf in, int start, int end) {
        int at = start;
        int most = Math.min(end, start + 2 * EXTRA_LINES);
        while (at < most && (in.getByte(at) == HttpConstants.CR || in.getByte(at) == HttpConstants.LF)) {
            at++;
        }
        return at;
    }

    private static boolean wellFormedRequestLine(ByteBuf in, int start, int lineEnd) {
        int spaces = 0;
        for (int at = start; at < lineEnd - 1; at++) {
            byte b = in.getByte(at);
            if (b == HttpConstants.SP) {
                spaces++;
            } else if (b < 0x21 || b == 0x7f) {
                return false;
            }
        }
        return spaces == 2;
    }

    /// Whether a header line begins with white space. Looks as far as the empty line that ends the head.
    private static boolean folds(ByteBuf in, int start, int end) {
        int at = start;
        while (at < end) {
            byte first = in.getByte(at);
            if (first == HttpConstants.SP || first == HttpConstants.HT) {
                return true;
            }
            if (first == HttpConstants.CR) {
                return false;
            }
            int lineEnd = in.indexOf(at, end, HttpConstants.LF);
            if (lineEnd < 0) {
                return false;
            }
            at = lineEnd + 1;
        }
        return false;
    }
}
