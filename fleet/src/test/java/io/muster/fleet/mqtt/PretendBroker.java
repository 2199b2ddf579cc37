package io.muster.fleet.mqtt;

import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// A small MQTT broker on loopback that reacts as its script says, and remembers what it saw.
@SuppressWarnings("ArrayRecordComponent") // Packets are looked at and never compared.
public final class PretendBroker implements AutoCloseable {

    /// Who is at the other end of a connection.
    public record Guest(
            String clientId,
            String userName,
            Optional<String> password,
            boolean cleanSession,
            int keepAliveSeconds,
            List<Certificate> shown) {}

    /// A packet as it arrived.
    ///
    /// @param packet its name as in the specification
    /// @param topic  topic, or filter of a subscription, or empty
    public record Seen(String packet, Guest guest, String topic, byte[] payload, int qos) {

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public boolean is(String name) {
            return packet.equals(name);
        }
    }

    /// What the broker does about a packet.
    public sealed interface Reaction {

        /// What any broker does: CONNACK, SUBACK, PUBACK, PINGRESP.
        record Usual() implements Reaction {}

        /// The same with another return code.
        record Code(int code) implements Reaction {}

        record Say(String topic, byte[] payload, int qos, boolean retained) implements Reaction {}

        /// Bytes as they are.
        record Bytes(byte[] bytes) implements Reaction {}

        record HangUp() implements Reaction {}
    }

    /// What the broker makes of a packet; an empty list is silence.
    public interface Script {
        List<Reaction> reactTo(Seen seen) throws Exception;
    }

    private final Maker authority = Maker.found("Pretend");
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Channel listener;

    public PretendBroker(Script script) throws Exception {
        this(script, 0);
    }

    public PretendBroker(Script script, int port) throws Exception {
        X509Device identity = authority.makeLocalServer();
        SslContext tls = SslContextBuilder.forServer(
                        new ByteArrayInputStream(identity.chainPemBytes()),
                        new ByteArrayInputStream(identity.privateKeyPemBytes()))
                .sslProvider(SslProvider.JDK)
                .clientAuth(ClientAuth.OPTIONAL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build();
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        tls.newHandler(channel.alloc()),
                                        new MqttDecoder(65536),
                                        MqttEncoder.INSTANCE,
                                        new PretendSession(script, seen));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), port)
                .sync()
                .channel();
    }

    public URI address() {
        return URI.create("mqtts://localhost:" + ((InetSocketAddress) listener.localAddress()).getPort());
    }

    public String anchorPem() {
        return authority.rootPem();
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    /// The names of the packets that came.
    public List<String> packets() {
        return seen.stream().map(Seen::packet).toList();
    }

    public static List<Reaction> usual() {
        return List.of(new Reaction.Usual());
    }

    public static List<Reaction> silence() {
        return List.of();
    }

    public static List<Reaction> hangUp() {
        return List.of(new Reaction.HangUp());
    }

    public static List<Reaction> code(int code) {
        return List.of(new Reaction.Code(code));
    }

    public static Reaction say(String topic, String payload) {
        return new Reaction.Say(topic, payload.getBytes(StandardCharsets.UTF_8), 0, false);
    }

    /// What is usual, and then a message.
    public static List<Reaction> answer(String topic, String payload) {
        return List.of(new Reaction.Usual(), say(topic, payload));
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
