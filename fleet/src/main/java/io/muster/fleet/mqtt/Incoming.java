package io.muster.fleet.mqtt;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubAckMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Hands what happens on a connection to the device's thread, in order, at most `MOST_WAITING` at once. The last thing
/// that it hands over is `Gone`.
final class Incoming extends SimpleChannelInboundHandler<MqttMessage> {

    private static final int MOST_WAITING = 32;

    private final BlockingQueue<Packet> packets = new ArrayBlockingQueue<>(MOST_WAITING + 1);
    private boolean gone;

    Incoming() {
        super(MqttMessage.class);
    }

    /// The next thing that happens; nothing where nothing happens in time.
    @Nullable
    Packet next(long nanos) throws InterruptedException {
        return packets.poll(nanos, TimeUnit.NANOSECONDS);
    }

    /// Called on the connection's event loop.
    void lost(String reason) {
        if (!gone) {
            gone = true;
            packets.add(new Packet.Gone(reason));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                happened(context, new Packet.Secured());
            } else {
                lost("TLS handshake failed: " + handshake.cause().getClass().getSimpleName());
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            giveUp(context, "the answer is not MQTT, or too large");
            return;
        }
        switch (message) {
            case MqttConnAckMessage answer ->
                happened(
                        context,
                        new Packet.ConnectAnswer(
                                answer.variableHeader().connectReturnCode().byteValue() & 0xff,
                                answer.variableHeader().isSessionPresent()));
            case MqttSubAckMessage answer ->
                happened(
                        context,
                        new Packet.SubscribeAnswer(
                                answer.variableHeader().messageId(),
                                answer.payload().reasonCodes()));
            case MqttPubAckMessage answer ->
                happened(
                        context,
                        new Packet.PublishAnswer(answer.variableHeader().messageId()));
            case MqttPublishMessage delivery -> delivered(context, delivery);
            case MqttMessage other
            when other.fixedHeader().messageType() == MqttMessageType.PINGRESP ->
                happened(context, new Packet.PingAnswer());
            case MqttMessage other ->
                giveUp(context, "a broker may not send " + other.fixedHeader().messageType() + " here");
        }
    }

    private void delivered(ChannelHandlerContext context, MqttPublishMessage delivery) {
        if (delivery.fixedHeader().qosLevel() == MqttQoS.EXACTLY_ONCE) {
            giveUp(context, "a message came at QoS 2, which nobody granted");
            return;
        }
        Message message = new Message(
                delivery.variableHeader().topicName(),
                ByteBufUtil.getBytes(delivery.payload()),
                delivery.fixedHeader().isRetain());
        boolean expectsAnswer = delivery.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE;
        happened(
                context,
                new Packet.Delivery(expectsAnswer ? delivery.variableHeader().packetId() : 0, message));
    }

    private void happened(ChannelHandlerContext context, Packet packet) {
        if (gone) {
            return;
        }
        if (packets.remainingCapacity() > 1) {
            packets.add(packet);
        } else {
            giveUp(context, "more than " + MOST_WAITING + " packets came before anything was asked");
        }
    }

    private void giveUp(ChannelHandlerContext context, String reason) {
        lost(reason);
        var _ = context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lost("closed without an answer");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        giveUp(context, "connection failed: " + cause.getClass().getSimpleName());
    }
}
