package io.muster.fleet.channel;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// Calls one server on behalf of many devices. Nothing here limits how many at once: whoever comes in does.
public final class Caller implements AutoCloseable {

    private final EventLoopGroup loops;
    private final DeviceTls tls;
    private final Conversation.Circumstances circumstances;

    /// @param threads event loops; as many as cores that the devices may use
    public Caller(Address address, Patience patience, int threads) {
        boolean epoll = Epoll.isAvailable();
        this.tls = new DeviceTls(address);
        this.loops = new MultiThreadIoEventLoopGroup(
                threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Bootstrap bootstrap = new Bootstrap()
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.TCP_NODELAY, true);
        this.circumstances = new Conversation.Circumstances(address, patience, tls, bootstrap);
    }

    /// Starts an errand and returns at once. `whenDone` hears the ending exactly once, and how long it took, on an
    /// event loop: it must not block.
    ///
    /// @param sinceNanos the arrival, by `System.nanoTime()`, from which the latency counts
    public <E> void call(Errand<E> errand, long sinceNanos, BiConsumer<E, Duration> whenDone) {
        new Conversation<>(errand, circumstances, loops.next(), sinceNanos, whenDone).begin();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
        tls.close();
    }
}
