package io.muster.doors.listener;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/// The event loops that all listeners share: one a core, by epoll where it is. They only move bytes; whatever may block
/// runs on virtual threads.
public final class Transport implements AutoCloseable {

    private static final int QUIET_MILLIS = 0;
    private static final int STOP_MILLIS = 2_000;

    private final EventLoopGroup loops;
    private final Class<? extends ServerChannel> serverChannel;

    private Transport(EventLoopGroup loops, Class<? extends ServerChannel> serverChannel) {
        this.loops = loops;
        this.serverChannel = serverChannel;
    }

    /// Starts one event loop for each core that the JVM may use.
    public static Transport open() {
        int cores = Runtime.getRuntime().availableProcessors();
        DefaultThreadFactory threads = new DefaultThreadFactory("listener");
        return Epoll.isAvailable()
                ? new Transport(
                        new MultiThreadIoEventLoopGroup(cores, threads, EpollIoHandler.newFactory()),
                        EpollServerSocketChannel.class)
                : new Transport(
                        new MultiThreadIoEventLoopGroup(cores, threads, NioIoHandler.newFactory()),
                        NioServerSocketChannel.class);
    }

    EventLoopGroup loops() {
        return loops;
    }

    Class<? extends ServerChannel> serverChannel() {
        return serverChannel;
    }

    /// Stops the loops; close the listeners first.
    @Override
    public void close() {
        loops.shutdownGracefully(QUIET_MILLIS, STOP_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(2L * STOP_MILLIS, TimeUnit.MILLISECONDS);
    }
}
