package io.muster.fleet.floor;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The server whose cost is the floor. One event loop, on loopback.
public final class FloorServer implements AutoCloseable {

    /// The files of a floor in its folder; the server writes the port when it listens.
    public static final String CHAIN = "server.pem";

    public static final String KEY = "server.key";
    public static final String ROOT = "root.pem";
    public static final String PORT = "port";

    private static final int BACKLOG = 1024;
    private final EventLoopGroup loops;

    private FloorServer(EventLoopGroup loops) {
        this.loops = loops;
    }

    /// Listens on a free port, with its identity and the devices' root from `folder`, and writes the port there.
    public static FloorServer start(Path folder, Intermediates intermediates, Duty duty)
            throws IOException, GeneralSecurityException {
        SslContext tls = tls(folder, intermediates);
        Supplier<ChannelHandler> answers = answers(duty);
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.newHandler(channel.alloc()), answers.get());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        int port = ((InetSocketAddress) listener.localAddress()).getPort();
        Path draft = folder.resolve(PORT + ".new");
        Files.writeString(draft, Integer.toString(port));
        Files.move(draft, folder.resolve(PORT));
        return new FloorServer(loops);
    }

    /// What answers on each connection. The one event loop is the one thread that the issuer serves.
    private static Supplier<ChannelHandler> answers(Duty duty) throws GeneralSecurityException {
        return switch (duty) {
            case EMPTY_ANSWER -> EmptyAnswer::new;
            case CERTIFICATE -> {
                Issuer issuer = new Issuer();
                yield () -> new CertificateAnswer(issuer);
            }
        };
    }

    private static SslContext tls(Path folder, Intermediates intermediates)
            throws IOException, GeneralSecurityException {
        ChainCheck check = new ChainCheck(Files.readAllBytes(folder.resolve(ROOT)), intermediates);
        SslContext tls = SslContextBuilder.forServer(
                        folder.resolve(CHAIN).toFile(), folder.resolve(KEY).toFile())
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3", "TLSv1.2")
                .clientAuth(ClientAuth.OPTIONAL)
                .trustManager(check)
                .build();
        if (tls.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(false);
        }
        return tls;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
