package io.muster.doors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.doors.listener.Protocol;
import io.muster.doors.listener.TlsPeer;
import io.muster.doors.testkit.Packets;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever bytes come, in whatever pieces: nothing gets to a guest out of bounds, and a guest always hears the end.
class MqttFuzzTest {

    private static final TlsPeer PEER =
            new TlsPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), List.of(), Optional.empty());

    @FuzzTest(maxDuration = "1m")
    void any_bytes_after_a_connect_are_served_or_end_the_connection(byte[] data) {
        if (data.length > 2) {
            feed(Packets.connect(data[0] % 2 == 0 ? 4 : 5, "pump-1"), data, 1 + Byte.toUnsignedInt(data[1]));
        }
    }

    @FuzzTest(maxDuration = "1m")
    void any_bytes_may_come_first(byte[] data) {
        feed(new byte[0], data, 7);
    }

    @FuzzTest(maxDuration = "1m")
    void packets_with_wrong_bytes_in_them_are_served_or_end_the_connection(byte[] data) {
        wrongBytes(data);
    }

    /// The same without a fuzzer, for every run.
    @Test
    void two_thousand_conversations_with_wrong_bytes_in_them_are_served_or_end_the_connection() {
        Random random = new Random(311);
        for (int i = 0; i < 2_000; i++) {
            byte[] data = new byte[4 * (1 + random.nextInt(16))];
            random.nextBytes(data);
            wrongBytes(data);
        }
    }

    /// Four bytes a packet: which one, whether and where it is wrong, and what stands there instead.
    private static void wrongBytes(byte[] data) {
        int level = data.length > 0 && data[0] % 2 == 0 ? 4 : 5;
        List<byte[]> right = packets(level);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int at = 0; at + 3 < data.length; at += 4) {
            byte[] packet =
                    right.get(Byte.toUnsignedInt(data[at]) % right.size()).clone();
            if (data[at + 1] % 3 == 0) {
                packet[Byte.toUnsignedInt(data[at + 2]) % packet.length] = data[at + 3];
            }
            all.writeBytes(packet);
        }
        feed(Packets.connect(level, "pump-1"), all.toByteArray(), 1 + data.length * 3);
        feed(new byte[0], Packets.join(right.getLast(), all.toByteArray()), 1 + data.length);
    }

    private static List<byte[]> packets(int level) {
        return List.of(
                Packets.publish(level, "own/x", "hi"),
                Packets.publish(level, 7, "own/x", "hi"),
                Packets.subscribe(level, 8, "own/+/#", 1),
                Packets.unsubscribe(level, 9, "own/+/#"),
                Packets.puback(1),
                Packets.PINGREQ,
                Packets.packet(0x30, Packets.text("x"), Packets.properties(level, Packets.octets(0x23, 0, 1))),
                Packets.disconnect(),
                new Packets.Connect(level, "pump-2")
                        .user("me")
                        .password("secret")
                        .will("own/gone", "bye", 8)
                        .bytes());
    }

    private static void feed(byte[] first, byte[] data, int piece) {
        CheckingDoor door = new CheckingDoor();
        EmbeddedChannel channel = new EmbeddedChannel();
        new MqttWall(List.of(door), MqttLimits.usual(), Runnable::run)
                .serve(channel.pipeline(), PEER, Protocol.Carrier.TLS);
        channel.writeInbound(Unpooled.wrappedBuffer(first));
        for (int at = 0; at < data.length && channel.isOpen(); at += piece) {
            int length = Math.min(piece, data.length - at);
            channel.writeInbound(Unpooled.copiedBuffer(data, at, length));
            channel.releaseOutbound();
        }
        channel.finishAndReleaseAll();
        assertThat(door.left).isEqualTo(door.let);
    }

    /// Lets everybody in and looks at everything.
    private static final class CheckingDoor implements MqttDoor, MqttGuest {

        private int let;
        private int left;

        @Override
        public Optional<Welcome> connect(MqttConnect connect) {
            assertThat(connect.clientId()).isNotEmpty().doesNotContain("\u0000");
            let++;
            return Optional.of(new Welcome.Accepted(new Owner("fuzz", "acme", connect.clientId()), this));
        }

        @Override
        public Grant subscribe(String filter, int qos, MqttReplies replies) {
            assertThat(Topics.isFilter(filter)).isTrue();
            assertThat(qos).isBetween(0, 1);
            return new Grant.Granted(qos);
        }

        @Override
        public Receipt publish(MqttMessage message, MqttReplies replies) {
            assertThat(message.topic()).isNotEmpty().doesNotContain("+", "#", "\u0000");
            assertThat(message.qos()).isBetween(0, 1);
            replies.send(message.topic(), message.payload());
            return new Receipt.Taken();
        }

        @Override
        public void left(Departure departure) {
            left++;
        }
    }
}
