package io.muster.doors.listener;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Turns a request into a WebSocket (RFC 6455). The SDKs ask on different paths for different things; the subprotocol
/// tells which.
final class WebSocketUpgrade {

    /// The Azure SDKs knock at both, with and without `iothub-no-client-cert=true`; the AWS ones at the first.
    private static final Set<String> PATHS = Set.of("/mqtt", "/$iothub/websocket");

    private static final String VERSION = "13";
    private static final int MAX_FRAME = 256 * 1024;

    private final List<Protocol> protocols;

    WebSocketUpgrade(List<Protocol> protocols) {
        this.protocols = List.copyOf(protocols);
    }

    /// What a request turns out to be.
    sealed interface Wish {
        /// A request like any other.
        record None() implements Wish {}

        record Refused(HttpAnswer answer) implements Wish {}

        record Granted(Protocol protocol) implements Wish {}
    }

    Wish read(RequestHead.Taken head) {
        HttpHeaders fields = head.fields();
        if (protocols.isEmpty() || !PATHS.contains(head.target().path()) || !fields.contains(HttpHeaderNames.UPGRADE)) {
            return new Wish.None();
        }
        if (!head.method().equals(HttpMethod.GET.name())
                || !fields.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                || !fields.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                || !fields.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)
                || head.length() > 0) {
            return refused(400, "This is no request for a WebSocket (RFC 6455 section 4.1).");
        }
        if (!VERSION.equals(fields.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return new Wish.Refused(HttpAnswer.sentence(426, "The WebSocket version served is " + VERSION + ".")
                    .with("Sec-WebSocket-Version", VERSION));
        }
        return asked(fields)
                .<Wish>map(Wish.Granted::new)
                .orElseGet(() -> refused(
                        400,
                        "The subprotocols served are "
                                + protocols.stream().map(Protocol::subprotocol).toList() + "."));
    }

    private Optional<Protocol> asked(HttpHeaders fields) {
        return fields.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(names -> Arrays.stream(names.split(",", -1)))
                .map(String::strip)
                .flatMap(
                        name -> protocols.stream().filter(it -> it.subprotocol().equals(name)))
                .findFirst();
    }

    /// Answers 101 and hands the connection over; the conversation in HTTP is over.
    @SuppressWarnings("FutureReturnValueIgnored") // a handshake that cannot be written ends with the connection
    void perform(ChannelHandlerContext ctx, RequestHead.Taken head, Protocol protocol, Connection connection) {
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.GET,
                head.target().path(),
                Unpooled.EMPTY_BUFFER,
                head.fields(),
                EmptyHttpHeaders.INSTANCE);
        ChannelPipeline pipeline = ctx.pipeline();
        TlsPeer peer = connection.peer(ctx);
        new WebSocketServerHandshaker13("", protocol.subprotocol(), frames())
                .handshake(
                        ctx.channel(),
                        request,
                        EmptyHttpHeaders.INSTANCE,
                        ctx.channel().newPromise());
        pipeline.remove(ChunkedWriteHandler.class);
        pipeline.remove(ctx.handler());
        pipeline.addLast(new Farewell(connection), new WebSocketBytes());
        protocol.serve(pipeline, peer, Protocol.Carrier.WEBSOCKET);
    }

    private static WebSocketDecoderConfig frames() {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(MAX_FRAME)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    private static Wish refused(int status, String sentence) {
        return new Wish.Refused(HttpAnswer.sentence(status, sentence));
    }
}
