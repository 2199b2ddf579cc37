package io.muster.doors.mqtt;

import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import io.muster.doors.listener.TlsPeer;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.util.Optional;

/// Reads a CONNECT: what a door needs of it, or why it cannot be served.
final class ConnectReader {

    private static final int MAX_CLIENT_ID = 128;
    private static final int MAX_USER_NAME = 1_024;
    private static final int MAX_PASSWORD = 4_096;
    private static final int MAX_WINDOW = 65_535;

    private final MqttLimits limits;
    private final MqttConnectVariableHeader head;
    private final MqttConnectPayload payload;
    private final boolean five;

    private ConnectReader(MqttLimits limits, MqttConnectMessage message) {
        this.limits = limits;
        this.head = message.variableHeader();
        this.payload = message.payload();
        this.five = head.version() == MqttVersion.MQTT_5.protocolLevel();
    }

    /// What reading comes to.
    sealed interface Reading {
        record Read(MqttConnect connect, Terms terms) implements Reading {}

        /// It is told so.
        record Refused(MqttConnectReturnCode code) implements Reading {}

        /// It breaks a rule of MQTT: the connection is closed without a word (3.1.1 section 4.8).
        record Malformed() implements Reading {}
    }

    static Reading read(MqttLimits limits, MqttConnectMessage message, MqttConnect.Channel channel, TlsPeer peer) {
        ConnectReader reader = new ConnectReader(limits, message);
        if (reader.head.version() < MqttVersion.MQTT_3_1_1.protocolLevel()) {
            return new Reading.Refused(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
        }
        if (reader.malformed()) {
            return new Reading.Malformed();
        }
        return reader.refusal()
                .or(reader::willRefusal)
                .<Reading>map(Reading.Refused::new)
                .orElseGet(() -> new Reading.Read(reader.connect(channel, peer), reader.terms()));
    }

    /// 3.1.1 sections 3.1.2.6 to 3.1.2.9.
    private boolean malformed() {
        boolean lonelyPassword = !five && head.hasPassword() && !head.hasUserName();
        boolean willWithoutWill = !head.isWillFlag() && (head.willQos() != 0 || head.isWillRetain());
        return lonelyPassword || willWithoutWill || head.willQos() > MqttQoS.EXACTLY_ONCE.value();
    }

    private Optional<MqttConnectReturnCode> refusal() {
        int clientId = ByteBufUtil.utf8Bytes(payload.clientIdentifier());
        if (clientId == 0 || clientId > MAX_CLIENT_ID) {
            return Optional.of(ReasonCodes.connack(MqttRefusal.CLIENT_ID_INVALID, five));
        }
        if (longer(payload.userName() == null ? 0 : ByteBufUtil.utf8Bytes(payload.userName()), MAX_USER_NAME)
                || longer(payload.passwordInBytes() == null ? 0 : payload.passwordInBytes().length, MAX_PASSWORD)) {
            return Optional.of(ReasonCodes.connack(MqttRefusal.BAD_CREDENTIALS, five));
        }
        MqttProperties properties = head.properties();
        if (properties.getProperty(MqttProperties.AUTHENTICATION_METHOD) != null) {
            return Optional.of(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD);
        }
        return number(properties, MqttProperties.RECEIVE_MAXIMUM, 1) == 0
                        || number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, 1) == 0
                ? Optional.of(MqttConnectReturnCode.CONNECTION_REFUSED_PROTOCOL_ERROR)
                : Optional.empty();
    }

    private static boolean longer(int bytes, int most) {
        return bytes > most;
    }

    private Optional<MqttConnectReturnCode> willRefusal() {
        if (!head.isWillFlag()) {
            return Optional.empty();
        }
        if (payload.willTopic() == null || !Topics.isName(payload.willTopic())) {
            return wrongWill(MqttConnectReturnCode.CONNECTION_REFUSED_TOPIC_NAME_INVALID);
        }
        if (head.willQos() > MqttQoS.AT_LEAST_ONCE.value()) {
            return wrongWill(MqttConnectReturnCode.CONNECTION_REFUSED_QOS_NOT_SUPPORTED);
        }
        if (payload.willMessageInBytes().length > limits.payload()) {
            return wrongWill(MqttConnectReturnCode.CONNECTION_REFUSED_PACKET_TOO_LARGE);
        }
        return five && head.isWillRetain()
                ? wrongWill(MqttConnectReturnCode.CONNECTION_REFUSED_RETAIN_NOT_SUPPORTED)
                : Optional.empty();
    }

    private Optional<MqttConnectReturnCode> wrongWill(MqttConnectReturnCode inFive) {
        return Optional.of(five ? inFive : ReasonCodes.connack(MqttRefusal.WILL_NOT_AUTHORIZED, false));
    }

    private MqttConnect connect(MqttConnect.Channel channel, TlsPeer peer) {
        return new MqttConnect(
                head.version(),
                channel,
                payload.clientIdentifier(),
                Optional.ofNullable(payload.userName()),
                Optional.ofNullable(payload.passwordInBytes()).map(Secret::of),
                will(),
                head.isCleanSession(),
                Terms.keepAlive(head.keepAliveTimeSeconds()),
                peer);
    }

    private Optional<Will> will() {
        return head.isWillFlag()
                ? Optional.of(new Will(new MqttMessage(
                        payload.willTopic(),
                        Bytes.of(payload.willMessageInBytes()),
                        head.willQos(),
                        head.isWillRetain())))
                : Optional.empty();
    }

    private Terms terms() {
        MqttProperties properties = head.properties();
        int asked = head.keepAliveTimeSeconds();
        return new Terms(
                five,
                asked,
                Terms.keepAlive(asked),
                (int) Math.min(limits.inFlight(), number(properties, MqttProperties.RECEIVE_MAXIMUM, MAX_WINDOW)),
                number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE),
                number(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0) != 0);
    }

    /// A number of four bytes is unsigned.
    private static long number(MqttProperties properties, int id, long otherwise) {
        return properties.getProperty(id) instanceof IntegerProperty property
                ? Integer.toUnsignedLong(property.value())
                : otherwise;
    }
}
