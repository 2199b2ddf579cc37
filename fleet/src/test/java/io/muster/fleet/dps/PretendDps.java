package io.muster.fleet.dps;

import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;

/// A small HTTPS server on loopback that answers as its script says, and remembers what it saw.
public final class PretendDps implements AutoCloseable {

    /// One request as it arrived; `connection` names the connection that brought it.
    public record Seen(
            String method,
            String path,
            Map<String, String> headers,
            String body,
            List<Certificate> shown,
            String connection) {}

    /// What the script answers; a status of 0 closes without an answer, -1 says nothing at all.
    public record Answer(int status, String contentType, Map<String, String> headers, String body) {

        public static Answer json(int status, String body) {
            return new Answer(status, "application/json; charset=utf-8", Map.of(), body);
        }

        public static Answer hangUp() {
            return new Answer(0, "", Map.of(), "");
        }

        public static Answer silence() {
            return new Answer(-1, "", Map.of(), "");
        }
    }

    private final Maker authority = Maker.found("Pretend");
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Channel listener;

    public PretendDps(Function<Seen, Answer> script) throws Exception {
        this(script, 0);
    }

    public PretendDps(Function<Seen, Answer> script, int port) throws Exception {
        X509Device identity = authority.makeLocalServer();
        SslContext tls = SslContextBuilder.forServer(
                        new ByteArrayInputStream(identity.chainPemBytes()),
                        new ByteArrayInputStream(identity.privateKeyPemBytes()))
                .sslProvider(SslProvider.JDK)
                .clientAuth(ClientAuth.OPTIONAL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build();
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        tls.newHandler(channel.alloc()),
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(65536),
                                        new Desk(script, seen));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel();
    }

    public Target target() {
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        return new Target(URI.create("https://localhost:" + port), authority.rootPem(), "acme");
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /// The usual body of a success.
    public static String assigned(String registrationId) {
        return assigned(registrationId, "initialAssignment", "2026-01-01T00:00:00.0000000Z");
    }

    public static String assigned(String registrationId, String substatus, String updated) {
        return """
                {"operationId":"op-1","status":"assigned","registrationState":{"registrationId":"%1$s","status":"assigned",
                "assignedHub":"hub.example.com","deviceId":"%1$s","substatus":"%2$s",
                "createdDateTimeUtc":"2026-01-01T00:00:00.0000000Z","lastUpdatedDateTimeUtc":"%3$s"}}
                """.formatted(registrationId, substatus, updated);
    }

    /// The registration id in a request's path.
    public static String idIn(Seen request) {
        return request.path().replaceFirst("^/[^/]*/registrations/([^/?]*).*$", "$1");
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class Desk extends SimpleChannelInboundHandler<FullHttpRequest> {

        private final Function<Seen, Answer> script;
        private final ConcurrentLinkedQueue<Seen> seen;

        Desk(Function<Seen, Answer> script, ConcurrentLinkedQueue<Seen> seen) {
            this.script = script;
            this.seen = seen;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            request.headers().forEach(field -> headers.put(field.getKey(), field.getValue()));
            Seen arrived = new Seen(
                    request.method().name(),
                    request.uri(),
                    headers,
                    request.content().toString(StandardCharsets.UTF_8),
                    shown(context),
                    context.channel().id().asLongText());
            seen.add(arrived);
            Answer answer = script.apply(arrived);
            switch (answer.status()) {
                case 0 -> {
                    var _ = context.close();
                }
                case -1 -> {}
                default -> context.writeAndFlush(render(answer)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            }
        }

        /// A device that does not trust this server says so by an alert.
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var _ = context.close();
        }

        private static List<Certificate> shown(ChannelHandlerContext context) {
            try {
                return List.of(context.pipeline()
                        .get(SslHandler.class)
                        .engine()
                        .getSession()
                        .getPeerCertificates());
            } catch (SSLPeerUnverifiedException e) {
                return List.of();
            }
        }

        private static FullHttpResponse render(Answer answer) {
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.valueOf(answer.status()),
                    Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE)
                    .setInt(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            answer.headers().forEach(response.headers()::set);
            return response;
        }
    }
}
