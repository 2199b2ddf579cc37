package io.muster.fleet.dps;

import io.muster.fleet.device.Device;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Registers devices with one server. Nothing here limits how many at once: the caller does.
public final class DpsClient implements AutoCloseable {

    private final EventLoopGroup loops;
    private final DeviceTls tls;
    private final Conversation.Circumstances circumstances;

    /// @param threads event loops; as many as cores that the devices may use
    public DpsClient(Target target, Patience patience, Judge judge, int threads) {
        boolean epoll = Epoll.isAvailable();
        this.tls = new DeviceTls(target);
        this.loops = new MultiThreadIoEventLoopGroup(
                threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Bootstrap bootstrap = new Bootstrap()
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.TCP_NODELAY, true);
        this.circumstances = new Conversation.Circumstances(target, patience, judge, tls, bootstrap);
    }

    /// Starts to register a device and returns at once. `whenDone` hears the end exactly once, on an event loop: it
    /// must not block.
    ///
    /// @param sinceNanos the arrival, by `System.nanoTime()`, from which the latency counts
    public void register(Device device, long sinceNanos, Consumer<Registration> whenDone) {
        new Conversation(device, circumstances, loops.next(), sinceNanos, whenDone).begin();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
        tls.close();
    }
}
