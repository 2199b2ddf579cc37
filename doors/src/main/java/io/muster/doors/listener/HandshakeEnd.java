package io.muster.doors.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.internal.tcnative.SSL;
import java.util.Locale;
import javax.net.ssl.SSLEngine;

/// Tells the watch how the handshake of one connection ended, and passes the event on.
final class HandshakeEnd extends ChannelInboundHandlerAdapter {

    private static final String UNKNOWN = "unknown";

    private final SslHandler tls;
    private final TlsWatch watch;

    HandshakeEnd(SslHandler tls, TlsWatch watch) {
        this.tls = tls;
        this.watch = watch;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent end) {
            if (end.isSuccess()) {
                watch.agreed(tls.engine().getSession().getProtocol(), group(tls.engine()));
            } else {
                watch.failed(HandshakeFailure.reason(end.cause()));
            }
            ctx.pipeline().remove(this);
        }
        ctx.fireUserEventTriggered(event);
    }

    /// The event comes on the engine's own thread while it lives, so that its native end is there.
    private static String group(SSLEngine engine) {
        if (!(engine instanceof ReferenceCountedOpenSslEngine open)) {
            return UNKNOWN;
        }
        try {
            String name = SSL.getGroupName(open.sslPointer());
            return name == null ? UNKNOWN : name.toLowerCase(Locale.ROOT);
        } catch (Exception ignored) {
            return UNKNOWN;
        }
    }
}
