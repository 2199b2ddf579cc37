package io.muster.doors.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttReasonCodes.Disconnect;
import io.netty.handler.codec.mqtt.MqttReasonCodes.PubAck;
import io.netty.handler.codec.mqtt.MqttReasonCodes.SubAck;
import java.util.Optional;

/// What we say, in the numbers of the wire: those of 3.1.1 where it has some, those of MQTT 5.
final class ReasonCodes {

    /// The one failure that a SUBACK of 3.1.1 knows (section 3.9.3).
    static final int FAILURE = 0x80;

    private ReasonCodes() {}

    /// 3.1.1 section 3.2.2.3, MQTT 5 section 3.2.2.2.
    static MqttConnectReturnCode connack(MqttRefusal refusal, boolean five) {
        return switch (refusal) {
            case BAD_CREDENTIALS ->
                five
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD
                        : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
            case NOT_AUTHORIZED, WILL_NOT_AUTHORIZED ->
                five
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5
                        : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
            case CLIENT_ID_INVALID ->
                five
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID
                        : MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
            case UNAVAILABLE ->
                five
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5
                        : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
            case QUOTA_EXCEEDED ->
                five
                        ? MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED
                        : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
        };
    }

    /// MQTT 5 section 3.4.2.1.
    static byte puback(Denial denial) {
        PubAck code =
                switch (denial) {
                    case NOT_AUTHORIZED -> PubAck.NOT_AUTHORIZED;
                    case TOPIC_INVALID -> PubAck.TOPIC_NAME_INVALID;
                    case PAYLOAD_INVALID -> PubAck.PAYLOAD_FORMAT_INVALID;
                    case QUOTA_EXCEEDED -> PubAck.QUOTA_EXCEEDED;
                    case UNAVAILABLE -> PubAck.UNSPECIFIED_ERROR;
                };
        return code.byteValue();
    }

    /// MQTT 5 section 3.9.3.
    static SubAck suback(Denial denial) {
        return switch (denial) {
            case NOT_AUTHORIZED -> SubAck.NOT_AUTHORIZED;
            case TOPIC_INVALID -> SubAck.TOPIC_FILTER_INVALID;
            case QUOTA_EXCEEDED -> SubAck.QUOTA_EXCEEDED;
            case PAYLOAD_INVALID, UNAVAILABLE -> SubAck.UNSPECIFIED_ERROR;
        };
    }

    /// MQTT 5 section 3.14.2.1; empty where there is nobody left to tell, or nothing to say.
    static Optional<Disconnect> disconnect(Departure departure) {
        return switch (departure) {
            case CLIENT, CLIENT_WITH_WILL, LOST -> Optional.empty();
            case KEEP_ALIVE -> Optional.of(Disconnect.KEEP_ALIVE_TIMEOUT);
            case TAKEN_OVER -> Optional.of(Disconnect.SESSION_TAKEN_OVER);
            case PROTOCOL_ERROR -> Optional.of(Disconnect.PROTOCOL_ERROR);
            case DENIED, DISMISSED -> Optional.of(Disconnect.NOT_AUTHORIZED);
            case SLOW, TOO_MANY -> Optional.of(Disconnect.QUOTA_EXCEEDED);
            case DOOR -> Optional.of(Disconnect.ADMINISTRATIVE_ACTION);
            case SERVER_STOPS -> Optional.of(Disconnect.SERVER_SHUTTING_DOWN);
            case FAULT -> Optional.of(Disconnect.UNSPECIFIED_ERROR);
        };
    }
}
