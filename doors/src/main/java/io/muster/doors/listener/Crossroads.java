package io.muster.doors.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;

/// Finds out what is spoken on a connection: by what was agreed on in the handshake, else by the first byte. What it
/// then is goes on behind it; the handlers of HTTP stay only if it is HTTP.
final class Crossroads extends ChannelInboundHandlerAdapter {

    private final Connection connection;
    private final Spoken spoken;
    private final List<ChannelHandler> http;

    /// @param http the handlers that stand behind this one for the case that it is HTTP
    Crossroads(Connection connection, Spoken spoken, List<ChannelHandler> http) {
        this.connection = connection;
        this.spoken = spoken;
        this.http = http;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of a close, channelInactive follows
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
            spoken.byAlpn(connection.agreedProtocol()).ifPresent(protocol -> turn(ctx, protocol));
        }
        if (event instanceof Drain && http.isEmpty()) {
            // Nothing has begun, and there is nobody behind who would hear it.
            ctx.close();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            spoken.byFirst(bytes.getByte(bytes.readerIndex()))
                    .ifPresentOrElse(protocol -> turn(ctx, protocol), () -> ctx.pipeline()
                            .remove(this));
        }
        ctx.fireChannelRead(message);
    }

    private void turn(ChannelHandlerContext ctx, Protocol protocol) {
        ChannelPipeline pipeline = ctx.pipeline();
        http.forEach(pipeline::remove);
        pipeline.addLast(new Farewell(connection));
        protocol.serve(pipeline, connection.peer(ctx), Protocol.Carrier.TLS);
        pipeline.remove(this);
    }
}
