package io.muster.doors.listener;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the head of a request turns out to be.
sealed interface RequestHead {

    /// A head that may be served.
    ///
    /// @param method    of the request line
    /// @param target    decoded
    /// @param fields    as sent
    /// @param keepAlive whether the caller wants to use the connection again
    /// @param waits     whether the caller waits for `100 Continue` before it sends the body
    /// @param length    of the body where it is known, else -1
    record Taken(String method, RequestTarget target, HttpHeaders fields, boolean keepAlive, boolean waits, long length)
            implements RequestHead {}

    /// A head that ends the connection.
    record Refused(HttpAnswer answer) implements RequestHead {}

    /// Fields that two readers could understand differently if they came twice.
    List<AsciiString> LONE = List.of(
            HttpHeaderNames.HOST,
            HttpHeaderNames.AUTHORIZATION,
            HttpHeaderNames.CONTENT_TYPE,
            HttpHeaderNames.CONTENT_ENCODING,
            HttpHeaderNames.EXPECT,
            HttpHeaderNames.TRANSFER_ENCODING);

    int MAX_FIELDS = 100;

    static RequestHead read(HttpRequest request, SizeLimits limits) {
        if (request.decoderResult().isFailure()) {
            return new Refused(malformed(request.decoderResult().cause(), limits));
        }
        HttpHeaders fields = request.headers();
        Optional<HttpAnswer> refusal = refuse(request, fields, limits);
        if (refusal.isPresent()) {
            return new Refused(refusal.get());
        }
        Optional<RequestTarget> target = RequestTarget.parse(request.uri());
        if (target.isEmpty()) {
            return new Refused(HttpAnswer.sentence(
                    400,
                    "The path or the query cannot be read. Send printable ASCII, no empty or dot segments, no encoded"
                            + " slash, no parameter twice."));
        }
        return new Taken(
                request.method().name(),
                target.get(),
                fields,
                HttpUtil.isKeepAlive(request),
                HttpUtil.is100ContinueExpected(request),
                HttpUtil.getContentLength(request, -1L));
    }

    private static HttpAnswer malformed(Throwable cause, SizeLimits limits) {
        return switch (cause) {
            case TooLongHttpLineException _ ->
                HttpAnswer.sentence(414, "The request line is longer than " + limits.requestLine() + " bytes.");
            case TooLongHttpHeaderException _ ->
                HttpAnswer.sentence(431, "The header fields are longer than " + limits.headers() + " bytes.");
            default -> HttpAnswer.sentence(400, "This is not well-formed HTTP/1.1.");
        };
    }

    private static Optional<HttpAnswer> refuse(HttpRequest request, HttpHeaders fields, SizeLimits limits) {
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return refusal(505, "This server speaks HTTP/1.1.");
        }
        if (fields.size() > MAX_FIELDS) {
            return refusal(431, "There are more than " + MAX_FIELDS + " header fields.");
        }
        for (AsciiString name : LONE) {
            if (fields.getAll(name).size() > 1) {
                return refusal(400, "The header field " + name + " came twice.");
            }
        }
        if (version.equals(HttpVersion.HTTP_1_1) && !fields.contains(HttpHeaderNames.HOST)) {
            return refusal(400, "The header field host is missing (RFC 9112 section 3.2).");
        }
        return refuseBody(request, fields, limits);
    }

    private static Optional<HttpAnswer> refuseBody(HttpRequest request, HttpHeaders fields, SizeLimits limits) {
        if (saysOtherThan(HttpHeaderValues.CHUNKED, fields.get(HttpHeaderNames.TRANSFER_ENCODING))) {
            return refusal(501, "The only transfer coding taken is chunked.");
        }
        if (saysOtherThan(HttpHeaderValues.IDENTITY, fields.get(HttpHeaderNames.CONTENT_ENCODING))) {
            return refusal(415, "Compressed bodies are not taken. Send the body as it is.");
        }
        if (fields.contains(HttpHeaderNames.EXPECT) && !HttpUtil.is100ContinueExpected(request)) {
            return refusal(417, "The only expectation known is 100-continue.");
        }
        if (HttpUtil.getContentLength(request, 0L) > limits.body()) {
            return Optional.of(tooLarge(limits));
        }
        return Optional.empty();
    }

    private static boolean saysOtherThan(AsciiString only, @Nullable String value) {
        return value != null && !only.contentEqualsIgnoreCase(value);
    }

    static HttpAnswer tooLarge(SizeLimits limits) {
        return HttpAnswer.sentence(413, "The body is larger than " + limits.body() + " bytes.");
    }

    private static Optional<HttpAnswer> refusal(int status, String sentence) {
        return Optional.of(HttpAnswer.sentence(status, sentence));
    }
}
