package io.muster.doors.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Closes a connection so that the caller can read what was written last: ends our direction first, takes what still
/// comes for a moment, and only then lets go. Closing with input unread would make the kernel reset the connection.
final class Farewell extends ChannelOutboundHandlerAdapter {

    private static final Duration LINGER = Duration.ofSeconds(1);

    private final Connection connection;
    private boolean parting;

    Farewell(Connection connection) {
        this.connection = connection;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the timer does nothing to a connection that is closed
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        if (parting || !ctx.channel().isActive()) {
            ctx.close(promise);
            return;
        }
        parting = true;
        connection.endOutput(ctx);
        ctx.channel().config().setAutoRead(true);
        ctx.executor().schedule(() -> ctx.close(promise), LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }
}
