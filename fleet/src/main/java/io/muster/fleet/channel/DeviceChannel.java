package io.muster.fleet.channel;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;

/// Tells a conversation what happens on its connection.
final class DeviceChannel extends SimpleChannelInboundHandler<FullHttpResponse> {

    private static final int LARGEST_ANSWER = 64 * 1024;

    private final Conversation<?> conversation;

    private DeviceChannel(Conversation<?> conversation) {
        super(FullHttpResponse.class);
        this.conversation = conversation;
    }

    /// The pipeline behind TLS.
    static List<ChannelHandler> handlers(Conversation<?> conversation) {
        return List.of(
                new HttpClientCodec(), new HttpObjectAggregator(LARGEST_ANSWER), new DeviceChannel(conversation));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                conversation.ready(context.channel());
            } else {
                conversation.lost(
                        context.channel(),
                        "TLS handshake failed: " + handshake.cause().getClass().getSimpleName());
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        conversation.answered(context.channel(), response);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        conversation.lost(context.channel(), "closed without an answer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        conversation.lost(
                context.channel(), "connection failed: " + cause.getClass().getSimpleName());
        var _ = context.close();
    }
}
