package io.muster.doors.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import java.util.List;
import java.util.Optional;

/// The packets that we send on one connection, in the form of its version.
///
/// @param five whether it speaks MQTT 5
@SuppressWarnings("FutureReturnValueIgnored") // a packet that cannot be written ends with its connection
record Line(Channel channel, boolean five) {

    void welcome(Terms terms, MqttLimits limits) {
        // The session is never one that was kept.
        channel.writeAndFlush(MqttMessageBuilders.connAck()
                .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                .sessionPresent(false)
                .properties(five ? properties(terms, limits) : MqttProperties.NO_PROPERTIES)
                .build());
    }

    /// MQTT 5 section 3.2.2.3: what is not as it would be without a word.
    private static MqttProperties properties(Terms terms, MqttLimits limits) {
        var properties = new MqttMessageBuilders.ConnAckPropertiesBuilder()
                .receiveMaximum(limits.inFlight())
                .maximumQos((byte) MqttQoS.AT_LEAST_ONCE.value())
                .retainAvailable(false)
                .maximumPacketSize(limits.packet())
                .topicAliasMaximum(Aliases.MAX)
                .subscriptionIdentifiersAvailable(false)
                .sharedSubscriptionAvailable(false);
        if (terms.asksToBeKept()) {
            properties.sessionExpiryInterval(0);
        }
        if (terms.keepAliveSeconds() != terms.keepAliveAsked()) {
            properties.serverKeepAlive(terms.keepAliveSeconds());
        }
        return properties.build();
    }

    void refuse(MqttConnectReturnCode code) {
        channel.writeAndFlush(MqttMessageBuilders.connAck()
                .returnCode(code)
                .sessionPresent(false)
                .properties(MqttProperties.NO_PROPERTIES)
                .build());
    }

    void acknowledge(int packetId) {
        acknowledge(packetId, (byte) 0);
    }

    void acknowledge(int packetId, byte reason) {
        channel.writeAndFlush(MqttMessageBuilders.pubAck()
                .packetId(packetId)
                .reasonCode(reason)
                .properties(MqttProperties.NO_PROPERTIES)
                .build());
    }

    /// @param codes one a filter, those of MQTT 5
    void subscribed(int packetId, List<Integer> codes) {
        List<Integer> said = five
                ? codes
                : codes.stream()
                        .map(code -> code < ReasonCodes.FAILURE ? code : Integer.valueOf(ReasonCodes.FAILURE))
                        .toList();
        channel.writeAndFlush(new MqttSubAckMessage(
                plain(MqttMessageType.SUBACK),
                MqttMessageIdVariableHeader.from(packetId),
                new MqttSubAckPayload(said)));
    }

    /// @param codes one a filter; 3.1.1 says none of them
    void unsubscribed(int packetId, List<Short> codes) {
        channel.writeAndFlush(new MqttUnsubAckMessage(
                plain(MqttMessageType.UNSUBACK),
                MqttMessageIdVariableHeader.from(packetId),
                five ? new MqttUnsubAckPayload(codes) : new MqttUnsubAckPayload()));
    }

    void pong() {
        channel.writeAndFlush(MqttMessage.PINGRESP);
    }

    /// @param packetId of a QoS 1 message; 0 makes it one of QoS 0
    void publish(String topic, ByteBuf payload, int packetId) {
        MqttQoS qos = packetId == 0 ? MqttQoS.AT_MOST_ONCE : MqttQoS.AT_LEAST_ONCE;
        channel.writeAndFlush(new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, false, qos, false, 0),
                new MqttPublishVariableHeader(topic, packetId),
                payload));
    }

    /// Ends the connection, after a word where there is one and the device would understand it.
    void end(Optional<Disconnect> reason) {
        if (five && reason.isPresent()) {
            channel.writeAndFlush(MqttMessageBuilders.disconnect()
                    .reasonCode(reason.get().byteValue())
                    .properties(MqttProperties.NO_PROPERTIES)
                    .build());
        }
        channel.close();
    }

    private static MqttFixedHeader plain(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }
}
