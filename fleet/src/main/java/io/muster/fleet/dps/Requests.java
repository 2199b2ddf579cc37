package io.muster.fleet.dps;

import io.muster.fleet.device.Device;
import io.muster.fleet.device.SasToken;
import io.muster.fleet.device.SymmetricDevice;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.UnprovenDevice;
import io.muster.fleet.device.X509Device;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// What one device sends: the requests of the Java SDK, header by header.
final class Requests {

    private static final String VERSION = "?api-version=2019-03-31";
    private static final int TOKEN_LIFETIME_SECONDS = 3600;

    private final Target target;
    private final Device device;
    private final Optional<String> authorization;

    /// The token, where there is one, is written once and serves every poll, as in the SDKs.
    Requests(Target target, Device device) {
        this.target = target;
        this.device = device;
        this.authorization = switch (device) {
            case X509Device _, TokenDevice _, UnprovenDevice _ -> Optional.empty();
            case SymmetricDevice owner ->
                Optional.of(owner.token(
                        SasToken.Dialect.JAVA, target.idScope(), Instant.now().plusSeconds(TOKEN_LIFETIME_SECONDS)));
        };
    }

    FullHttpRequest register() {
        String body = "{\"registrationId\":\"" + device.registrationId() + "\"}";
        ByteBuf content = Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8));
        return request(HttpMethod.PUT, registration() + "/register" + VERSION, content);
    }

    FullHttpRequest poll(String operationId) {
        return request(HttpMethod.GET, registration() + "/operations/" + operationId + VERSION, Unpooled.EMPTY_BUFFER);
    }

    private String registration() {
        return "/" + target.idScope() + "/registrations/" + device.registrationId();
    }

    private FullHttpRequest request(HttpMethod method, String path, ByteBuf body) {
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, path, body);
        request.headers()
                .set(HttpHeaderNames.HOST, target.address().authority())
                .set(HttpHeaderNames.USER_AGENT, "muster-fleet")
                .set(HttpHeaderNames.ACCEPT, "application/json")
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8");
        authorization.ifPresent(token -> request.headers().set(HttpHeaderNames.AUTHORIZATION, token));
        if (body.isReadable()) {
            request.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        return request;
    }
}
