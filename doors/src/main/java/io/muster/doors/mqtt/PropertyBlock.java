package io.muster.doors.mqtt;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttMessageType;

/// Finds, without decoding anything, how large the properties of a packet of MQTT 5 say they are: a small packet can
/// hold so many of them that decoding costs a hundred times its size.
final class PropertyBlock {

    private static final int LEVEL_FIVE = 5;
    private static final int KEEP_ALIVE_BYTES = 2;
    private static final int PACKET_ID_BYTES = 2;
    private static final int WILL = 0x04;

    private PropertyBlock() {}

    /// Whether a CONNECT is one of MQTT 5.
    ///
    /// @param body behind the fixed header
    static boolean isFive(ByteBuf body) {
        try {
            ByteBuf in = body.slice();
            skipText(in);
            return in.readByte() == LEVEL_FIVE;
        } catch (IndexOutOfBoundsException _) {
            return false;
        }
    }

    /// Bytes of the properties, of the will's where those are more. 0 where there are none, where the size of the
    /// packet itself bounds them well enough, and where it is malformed: the decoder finds that out.
    static int announced(MqttMessageType type, int qos, ByteBuf body) {
        try {
            return switch (type) {
                case CONNECT -> ofConnect(body.slice());
                case PUBLISH -> ofPublish(body.slice(), qos);
                case CONNACK,
                        PUBACK,
                        PUBREC,
                        PUBREL,
                        PUBCOMP,
                        SUBSCRIBE,
                        SUBACK,
                        UNSUBSCRIBE,
                        UNSUBACK,
                        PINGREQ,
                        PINGRESP,
                        DISCONNECT,
                        AUTH -> 0;
            };
        } catch (IndexOutOfBoundsException _) {
            return 0;
        }
    }

    private static int ofConnect(ByteBuf in) {
        skipText(in);
        in.skipBytes(1);
        int flags = in.readUnsignedByte();
        in.skipBytes(KEEP_ALIVE_BYTES);
        int own = length(in);
        if ((flags & WILL) == 0 || own > in.readableBytes()) {
            return own;
        }
        in.skipBytes(own);
        skipText(in);
        return Math.max(own, length(in));
    }

    private static int ofPublish(ByteBuf in, int qos) {
        skipText(in);
        in.skipBytes(qos > 0 ? PACKET_ID_BYTES : 0);
        return length(in);
    }

    private static void skipText(ByteBuf in) {
        in.skipBytes(in.readUnsignedShort());
    }

    private static int length(ByteBuf in) {
        return switch (VariableInteger.read(in, in.readerIndex())) {
            case VariableInteger.Reading.Read(int value, int behind) -> {
                in.readerIndex(behind);
                yield value;
            }
            case VariableInteger.Reading.Unfinished _, VariableInteger.Reading.Malformed _ -> 0;
        };
    }
}
