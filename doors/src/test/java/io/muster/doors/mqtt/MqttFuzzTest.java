package io.muster.doors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.doors.listener.Protocol;
import io.muster.doors.listener.TlsPeer;
import io.muster.doors.testkit.Packets;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

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
