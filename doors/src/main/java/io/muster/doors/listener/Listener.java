package io.muster.doors.listener;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One port on which devices knock.
public final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /// The kernel cuts it to its own limit (`net.core.somaxconn`).
    private static final int ACCEPT_QUEUE = 4_096;

    /// Longer than most doors need to answer, shorter than most supervisors wait before they kill.
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Channel channel;
    private final OpenConnections connections;

    private Listener(Channel channel, OpenConnections connections) {
        this.channel = channel;
        this.connections = connections;
    }

    /// Opens a port and speaks on it until closed. Throws with the address in the message when it cannot be bound.
    public static Listener open(
            Transport transport,
            InetSocketAddress address,
            ServerTls tls,
            Spoken spoken,
            SizeLimits sizes,
            TimeLimits times)
            throws IOException {
        return bind(transport, address, Optional.of(tls), spoken, sizes, times);
    }

    /// As [#open], for HTTP alone.
    public static Listener open(
            Transport transport,
            InetSocketAddress address,
            ServerTls tls,
            List<HttpDoor> doors,
            SizeLimits sizes,
            TimeLimits times)
            throws IOException {
        return open(transport, address, tls, Spoken.http(doors), sizes, times);
    }

    /// As [#open], without TLS: for doors that serve nothing but what is signed and meant for everybody. Whoever
    /// calls is unknown, and anybody on the way can read and change what is said.
    public static Listener openPlain(
            Transport transport, InetSocketAddress address, List<HttpDoor> doors, SizeLimits sizes, TimeLimits times)
            throws IOException {
        return bind(transport, address, Optional.empty(), Spoken.http(doors), sizes, times);
    }

    private static Listener bind(
            Transport transport,
            InetSocketAddress address,
            Optional<ServerTls> tls,
            Spoken spoken,
            SizeLimits sizes,
            TimeLimits times)
            throws IOException {
        OpenConnections connections = new OpenConnections(sizes.connections());
        Arrival arrival = new Arrival(tls, spoken, new AnswerWriter(InstantSource.system()), sizes, times);
        ChannelFuture bound = new ServerBootstrap()
                .group(transport.loops())
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, ACCEPT_QUEUE)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .handler(connections)
                .childHandler(arrival)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "Cannot listen on " + address + ": " + bound.cause().getMessage()
                            + ". Choose another port, or stop what uses this one.",
                    bound.cause());
        }
        return new Listener(bound.channel(), connections);
    }

    /// Where it listens, with the port that the system chose if none was asked for.
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /// Whether it takes connections.
    public boolean serving() {
        return channel.isActive();
    }

    /// How many connections are open.
    public int connections() {
        return connections.count();
    }

    /// Stops accepting, lets requests that have begun finish, for at most ten seconds, then closes everything.
    @Override
    public void close() {
        close(DRAIN);
    }

    /// As [#close()], with another patience.
    public void close(Duration patience) {
        channel.close().awaitUninterruptibly();
        int cut = connections.drain(patience);
        if (cut > 0) {
            LOG.warn("{} connections were cut: their requests took longer than {} ms.", cut, patience.toMillis());
        }
    }
}
