package io.muster.fleet.mqtt;

import io.muster.fleet.mqtt.PretendBroker.Guest;
import io.muster.fleet.mqtt.PretendBroker.Reaction;
import io.muster.fleet.mqtt.PretendBroker.Script;
import io.muster.fleet.mqtt.PretendBroker.Seen;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import javax.net.ssl.SSLPeerUnverifiedException;

/// One connection of a `PretendBroker`.
final class PretendSession extends SimpleChannelInboundHandler<MqttMessage> {

    private static final int CONNACK = 0x20;
    private static final int SUBACK = 0x90;
    private static final int PUBACK = 0x40;
    private static final int PINGRESP = 0xd0;

    private final Script script;
    private final Queue<Seen> seen;
    private Guest guest = new Guest("", "", Optional.empty(), true, 0, List.of());

    PretendSession(Script script, Queue<Seen> seen) {
        super(MqttMessage.class);
        this.script = script;
        this.seen = seen;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) throws Exception {
        if (message instanceof MqttConnectMessage connect) {
            guest = guest(connect, context);
        }
        Seen arrived = seen(message);
        seen.add(arrived);
        for (Reaction reaction : script.reactTo(arrived)) {
            react(context, message, reaction);
        }
    }

    private void react(ChannelHandlerContext context, MqttMessage message, Reaction reaction) {
        switch (reaction) {
            case Reaction.Usual() -> send(context, usual(message, message instanceof MqttSubscribeMessage ? 1 : 0));
            case Reaction.Code(int code) -> send(context, usual(message, code));
            case Reaction.Bytes(byte[] bytes) -> send(context, bytes);
            case Reaction.HangUp() -> {
                var _ = context.close();
            }
            case Reaction.Say(String topic, byte[] payload, int qos, boolean retained) -> {
                var _ = context.writeAndFlush(MqttMessageBuilders.publish()
                        .topicName(topic)
                        .messageId(7)
                        .qos(MqttQoS.valueOf(qos))
                        .retained(retained)
                        .payload(Unpooled.wrappedBuffer(payload))
                        .build());
            }
        }
    }

    private static void send(ChannelHandlerContext context, byte[] bytes) {
        var _ = context.pipeline().firstContext().channel().writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    /// Written byte by byte: the client must not be tested with its own codec alone.
    private static byte[] usual(MqttMessage message, int code) {
        return switch (message) {
            case MqttConnectMessage _ -> packet(CONNACK, 0, code);
            case MqttSubscribeMessage subscribe -> {
                int id = subscribe.variableHeader().messageId();
                yield packet(SUBACK, id >> 8, id & 0xff, code);
            }
            case MqttPublishMessage publish
            when publish.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE -> {
                int id = publish.variableHeader().packetId();
                yield packet(PUBACK, id >> 8, id & 0xff);
            }
            case MqttMessage other
            when other.fixedHeader().messageType() == MqttMessageType.PINGREQ -> packet(PINGRESP);
            case MqttMessage _ -> new byte[0];
        };
    }

    /// A packet of the given type whose remaining length fits into one byte.
    static byte[] packet(int type, int... rest) {
        byte[] bytes = new byte[rest.length + 2];
        bytes[0] = (byte) type;
        bytes[1] = (byte) rest.length;
        for (int i = 0; i < rest.length; i++) {
            bytes[i + 2] = (byte) rest[i];
        }
        return bytes;
    }

    private Seen seen(MqttMessage message) {
        MqttFixedHeader header = message.fixedHeader();
        return switch (message) {
            case MqttPublishMessage publish ->
                new Seen(
                        "PUBLISH",
                        guest,
                        publish.variableHeader().topicName(),
                        ByteBufUtil.getBytes(publish.payload()),
                        header.qosLevel().value());
            case MqttSubscribeMessage subscribe -> {
                var filter = subscribe.payload().topicSubscriptions().getFirst();
                yield new Seen(
                        "SUBSCRIBE",
                        guest,
                        filter.topicFilter(),
                        new byte[0],
                        filter.qualityOfService().value());
            }
            case MqttPubAckMessage answer ->
                new Seen("PUBACK " + answer.variableHeader().messageId(), guest, "", new byte[0], 0);
            case MqttMessage other -> new Seen(other.fixedHeader().messageType().name(), guest, "", new byte[0], 0);
        };
    }

    private static Guest guest(MqttConnectMessage connect, ChannelHandlerContext context) {
        MqttConnectPayload payload = connect.payload();
        return new Guest(
                payload.clientIdentifier(),
                String.valueOf(payload.userName()),
                Optional.ofNullable(payload.passwordInBytes())
                        .map(secret -> new String(secret, StandardCharsets.UTF_8)),
                connect.variableHeader().isCleanSession(),
                connect.variableHeader().keepAliveTimeSeconds(),
                shown(context));
    }

    private static List<Certificate> shown(ChannelHandlerContext context) {
        try {
            return List.of(context.pipeline()
                    .get(SslHandler.class)
                    .engine()
                    .getSession()
                    .getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    /// A device that does not trust this broker says so by an alert.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var _ = context.close();
    }
}
