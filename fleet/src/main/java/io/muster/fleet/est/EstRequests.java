package io.muster.fleet.est;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// What an EST client sends: one request, then the connection closes.
final class EstRequests {

    /// The layout that every server takes: lines of 64 columns, the last one ended as well.
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private EstRequests() {}

    static FullHttpRequest authorities(EstTarget target) {
        return request(target, HttpMethod.GET, "cacerts", Unpooled.EMPTY_BUFFER);
    }

    static FullHttpRequest certificate(
            EstTarget target, Operation operation, byte[] pkcs10, Optional<String> authorization) {
        ByteBuf body = Unpooled.buffer(pkcs10.length * 3 / 2)
                .writeBytes(LINES.encode(pkcs10))
                .writeByte('\n');
        FullHttpRequest request = request(target, HttpMethod.POST, operation.path(), body);
        request.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/pkcs10")
                .set(HttpHeaderNames.CONTENT_TRANSFER_ENCODING, HttpHeaderValues.BASE64)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        authorization.ifPresent(value -> request.headers().set(HttpHeaderNames.AUTHORIZATION, value));
        return request;
    }

    private static FullHttpRequest request(EstTarget target, HttpMethod method, String operation, ByteBuf body) {
        FullHttpRequest request =
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, target.path(operation), body);
        request.headers()
                .set(HttpHeaderNames.HOST, target.address().authority())
                .set(HttpHeaderNames.USER_AGENT, "muster-fleet")
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return request;
    }
}
