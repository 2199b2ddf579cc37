package io.muster.doors.listener;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/// The frames of a WebSocket as a stream of bytes, both ways: what is spoken in it need not know that it is one. Where
/// a frame ends means nothing.
@SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of a close or a write, channelInactive follows
final class WebSocketBytes extends ChannelDuplexHandler {

    private boolean closing;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof WebSocketFrame frame) || closing) {
            ReferenceCountUtil.release(message);
            return;
        }
        switch (frame) {
            case BinaryWebSocketFrame _, ContinuationWebSocketFrame _ -> ctx.fireChannelRead(frame.content());
            case PingWebSocketFrame _ -> ctx.writeAndFlush(new PongWebSocketFrame(frame.content()));
            case PongWebSocketFrame _ -> frame.release();
            case CloseWebSocketFrame _ -> {
                frame.release();
                ctx.pipeline().close();
            }
            default -> {
                frame.release();
                close(ctx, WebSocketCloseStatus.INVALID_MESSAGE_TYPE, ctx.newPromise());
            }
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message, promise);
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        close(ctx, WebSocketCloseStatus.NORMAL_CLOSURE, promise);
    }

    private void close(ChannelHandlerContext ctx, WebSocketCloseStatus status, ChannelPromise promise) {
        if (!closing && ctx.channel().isActive()) {
            closing = true;
            ctx.writeAndFlush(new CloseWebSocketFrame(status.code(), ""));
        }
        ctx.close(promise);
    }

    /// A frame that breaks the rules ends the connection without a word: the Azure SDK for Java sends its close code as
    /// text, after everything has been said.
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.pipeline().close();
    }
}
