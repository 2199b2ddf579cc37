package io.muster.doors.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// All connections of one listener. Sits on the accepting channel: at the limit it pauses accepting, and what cannot be
/// taken waits in the kernel's accept queue instead of costing memory here.
@Sharable
final class OpenConnections extends ChannelInboundHandlerAdapter {

    private final int limit;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean paused;
    private volatile boolean draining;

    OpenConnections(int limit) {
        this.limit = limit;
    }

    int count() {
        return count.get();
    }

    @Override
    public void channelRead(ChannelHandlerContext server, Object message) {
        Channel connection = (Channel) message;
        open.add(connection);
        count.incrementAndGet();
        connection.closeFuture().addListener(closed -> remove(server.channel(), connection));
        if (count.get() >= limit) {
            paused = true;
            server.channel().config().setAutoRead(false);
            resumeIfRoom(server.channel());
        }
        server.fireChannelRead(connection);
    }

    private void remove(Channel server, Channel connection) {
        open.remove(connection);
        count.decrementAndGet();
        if (paused) {
            server.eventLoop().execute(() -> resumeIfRoom(server));
        }
        if (draining) {
            signal();
        }
    }

    /// Runs on the accepting loop only, so that pausing and resuming never overlap.
    private void resumeIfRoom(Channel server) {
        if (paused && count.get() < limit) {
            paused = false;
            server.config().setAutoRead(true);
        }
    }

    /// Asks every connection to end after what it has begun, waits for that, then cuts the rest. Returns how many were
    /// cut.
    @SuppressWarnings("FutureReturnValueIgnored") // a connection that does not close here dies with its event loop
    int drain(Duration patience) {
        draining = true;
        open.forEach(connection -> connection.pipeline().fireUserEventTriggered(Drain.BEGIN));
        awaitEmpty(patience);
        int cut = open.size();
        open.forEach(Channel::close);
        return cut;
    }

    private void awaitEmpty(Duration patience) {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (count.get() > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
