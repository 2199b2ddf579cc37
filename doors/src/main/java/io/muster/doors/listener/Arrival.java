package io.muster.doors.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.util.List;
import java.util.Optional;

/// What a new connection meets: TLS, unless the port is a plain one, then what is spoken behind it. What that is, is
/// chosen here, between the two: HTTP/1.1, or another protocol that the port speaks.
final class Arrival extends ChannelInitializer<Channel> {

    private final Optional<ServerTls> tls;
    private final Spoken spoken;
    private final AnswerWriter writer;
    private final SizeLimits sizes;
    private final TimeLimits times;

    Arrival(Optional<ServerTls> tls, Spoken spoken, AnswerWriter writer, SizeLimits sizes, TimeLimits times) {
        this.tls = tls;
        this.spoken = spoken;
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
        Connection under = new Connection(end, decoder);
        ChannelPipeline pipeline = connection.pipeline();
        end.ifPresent(handler -> pipeline.addLast(handler, new HandshakeEnd(handler, watch())));
        switch (spoken) {
            case Spoken.Only _ -> pipeline.addLast(new Crossroads(under, spoken, List.of()));
            case Spoken.Http(var doors, var others) -> {
                List<ChannelHandler> http = http(under, new DoorList(doors), others);
                if (!others.isEmpty()) {
                    pipeline.addLast(new Crossroads(under, spoken, http));
                }
                http.forEach(pipeline::addLast);
            }
        }
    }

    private List<ChannelHandler> http(Connection under, DoorList doors, List<Protocol> others) {
        return List.of(
                under.decoder(),
                new HttpResponseEncoder(),
                new ChunkedWriteHandler(),
                new Conversation(under, doors, writer, sizes, times, new WebSocketUpgrade(others)));
    }
}
