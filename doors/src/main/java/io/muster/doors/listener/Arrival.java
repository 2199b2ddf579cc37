package io.muster.doors.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.util.Optional;

/// What a new connection meets: TLS, unless the port is a plain one, then what is spoken behind it. What that is, is
/// chosen here, between the two; today it is HTTP/1.1.
final class Arrival extends ChannelInitializer<Channel> {

    private final Optional<ServerTls> tls;
    private final DoorList doors;
    private final AnswerWriter writer;
    private final SizeLimits sizes;
    private final TimeLimits times;

    Arrival(Optional<ServerTls> tls, DoorList doors, AnswerWriter writer, SizeLimits sizes, TimeLimits times) {
        this.tls = tls;
        this.doors = doors;
        this.writer = writer;
        this.sizes = sizes;
        this.times = times;
    }

    private TlsWatch watch() {
        return tls.map(ServerTls::watch).orElse(TlsWatch.NOBODY);
    }

    @Override
    protected void initChannel(Channel connection) {
        Optional<SslHandler> end = tls.map(it -> it.handler(connection.alloc(), times));
        StrictHttpDecoder decoder = new StrictHttpDecoder(sizes);
        ChannelPipeline pipeline = connection.pipeline();
        end.ifPresent(handler -> pipeline.addLast(handler, new HandshakeEnd(handler, watch())));
        pipeline.addLast(decoder, new HttpResponseEncoder(), new ChunkedWriteHandler());
        pipeline.addLast(new Conversation(new Connection(end, decoder), doors, writer, sizes, times));
    }
}
