package io.muster.fleet.dps;

import io.muster.fleet.device.Device;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/// What one device sends: the requests of the Java SDK, header by header.
final class Requests {

    private static final String VERSION = "?api-version=2019-03-31";

    private final Target target;
    private final Device device;
    private final Credentials credentials;

    Requests(Target target, Device device, Credentials credentials) {
        this.target = target;
        this.device = device;
        this.credentials = credentials;
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
        credentials.token().ifPresent(token -> request.headers().set(HttpHeaderNames.AUTHORIZATION, token));
        if (body.isReadable()) {
            request.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        return request;
    }
}
