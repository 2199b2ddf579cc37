package io.muster.doors.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;

/// What a new connection meets: TLS, then what is spoken behind it. What that is, is chosen here, between the two;
/// today it is HTTP/1.1.
final class Arrival extends ChannelInitializer<Channel> {

    private final ServerTls tls;
    private final DoorList doors;
    private final AnswerWriter writer;
    private final SizeLimits sizes;
    private final TimeLimits times;

    Arrival(ServerTls tls, DoorList doors, AnswerWriter writer, SizeLimits sizes, TimeLimits times) {
        this.tls = tls;
        this.doors = doors;
        this.writer = writer;
        this.sizes = sizes;
        this.times = times;
    }

    @Override
    protected void initChannel(Channel connection) {
        SslHandler handler = tls.handler(connection.alloc(), times);
        StrictHttpDecoder decoder = new StrictHttpDecoder(sizes);
        Connection under = new Connection(handler, decoder);
        connection
                .pipeline()
                .addLast(
                        handler,
                        decoder,
                        new HttpResponseEncoder(),
                        new Conversation(under, doors, writer, sizes, times));
    }
}
