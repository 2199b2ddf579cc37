package io.muster.doors.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Packets of MQTT, byte by byte as the specification has them: nothing here is shared with what reads them.
public final class Packets {

    public static final int CONNACK = 2;
    public static final int PUBLISH = 3;
    public static final int PUBACK = 4;
    public static final int SUBACK = 9;
    public static final int UNSUBACK = 11;
    public static final int PINGRESP = 13;
    public static final int DISCONNECT = 14;

    public static final byte[] PINGREQ = octets(0xc0, 0);

    private Packets() {}

    public static byte[] octets(int... values) {
        byte[] octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return octets;
    }

    public static byte[] number(int value) {
        return octets(value >> 8, value);
    }

    public static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return join(number(utf8.length), utf8);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    public static byte[] variable(int value) {
        ByteArrayOutputStream digits = new ByteArrayOutputStream();
        int rest = value;
        do {
            digits.write(rest >= 128 ? (rest & 127) | 128 : rest);
            rest >>= 7;
        } while (rest > 0);
        return digits.toByteArray();
    }

    public static byte[] packet(int first, byte[]... parts) {
        byte[] body = join(parts);
        return join(octets(first), variable(body.length), body);
    }

    /// The properties of MQTT 5 with their length; nothing in 3.1.1.
    public static byte[] properties(int level, byte[]... properties) {
        byte[] all = join(properties);
        return level == 5 ? join(variable(all.length), all) : all;
    }

    public static byte[] connect(int level, String clientId) {
        return new Connect(level, clientId).bytes();
    }

    public static byte[] subscribe(int level, int id, String filter, int qos) {
        return packet(0x82, number(id), properties(level), text(filter), octets(qos));
    }

    public static byte[] unsubscribe(int level, int id, String filter) {
        return packet(0xa2, number(id), properties(level), text(filter));
    }

    public static byte[] publish(int level, String topic, String payload) {
        return packet(0x30, text(topic), properties(level), payload.getBytes(StandardCharsets.UTF_8));
    }

    /// With QoS 1.
    public static byte[] publish(int level, int id, String topic, String payload) {
        return publish(level, id, topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    /// With QoS 1.
    public static byte[] publish(int level, int id, String topic, byte[] payload) {
        return packet(0x32, text(topic), number(id), properties(level), payload);
    }

    public static byte[] puback(int id) {
        return packet(0x40, number(id));
    }

    public static byte[] disconnect() {
        return octets(0xe0, 0);
    }

    /// A CONNECT, part by part.
    public static final class Connect {

        private final int level;
        private final byte[] clientId;
        private int flags = 2;
        private int keepAlive = 60;
        private byte[] properties = {};
        private byte[] will = {};
        private byte[] user = {};
        private byte[] password = {};

        public Connect(int level, String clientId) {
            this.level = level;
            this.clientId = text(clientId);
        }

        public Connect user(String name) {
            flags |= 0x80;
            user = text(name);
            return this;
        }

        public Connect password(String text) {
            flags |= 0x40;
            password = text(text);
            return this;
        }

        /// @param more flags of the will: its QoS and whether it is retained
        public Connect will(String topic, String message, int more) {
            flags |= 0x04 | more;
            will = join(Packets.properties(level), text(topic), text(message));
            return this;
        }

        public Connect flags(int all) {
            flags = all;
            return this;
        }

        public Connect keepAlive(int seconds) {
            keepAlive = seconds;
            return this;
        }

        public Connect properties(byte[]... all) {
            properties = join(all);
            return this;
        }

        public byte[] bytes() {
            return packet(
                    0x10,
                    text("MQTT"),
                    octets(level, flags),
                    number(keepAlive),
                    Packets.properties(level, properties),
                    clientId,
                    will,
                    user,
                    password);
        }
    }
}
