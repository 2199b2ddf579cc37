package io.muster.fleet.channel;

import io.muster.fleet.device.X509Device;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Opens connections to one server: TCP, then TLS with the certificate of the device that calls. Neither has a time
/// limit of its own: whoever dials counts the time.
public final class Dialer implements AutoCloseable {

    private final Address address;
    private final EventLoopGroup loops;
    private final DeviceTls tls;
    private final Bootstrap bootstrap;

    /// @param protocols what the devices offer by ALPN; nothing where it is empty
    /// @param threads   event loops; as many as cores that the devices may use
    public Dialer(Address address, List<String> protocols, int threads) {
        boolean epoll = Epoll.isAvailable();
        this.address = address;
        this.tls = new DeviceTls(address, protocols);
        this.loops = new MultiThreadIoEventLoopGroup(
                threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.bootstrap = new Bootstrap()
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.TCP_NODELAY, true);
    }

    /// The loop on which the next device may live.
    EventLoop nextLoop() {
        return loops.next();
    }

    /// Begins a connection on any loop; `handlers` stand behind TLS.
    public ChannelFuture dial(Optional<X509Device> identity, List<ChannelHandler> handlers) {
        return dial(nextLoop(), identity, handlers);
    }

    ChannelFuture dial(EventLoop loop, Optional<X509Device> identity, List<ChannelHandler> handlers) {
        return bootstrap
                .clone(loop)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.handlerFor(identity, channel.alloc()));
                        handlers.forEach(channel.pipeline()::addLast);
                    }
                })
                .connect(address.host(), address.port());
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
        tls.close();
    }
}
