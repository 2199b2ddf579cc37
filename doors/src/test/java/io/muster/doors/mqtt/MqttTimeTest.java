package io.muster.doors.mqtt;

import static io.muster.doors.testkit.Packets.connect;
import static io.muster.doors.testkit.Packets.publish;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.doors.listener.Protocol;
import io.muster.doors.listener.TlsPeer;
import io.muster.doors.testkit.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long a device may be silent and how fast it may ask, by a clock that the test moves.
class MqttTimeTest {

    private static final int FIVE = 5;
    private static final TlsPeer PEER =
            new TlsPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), List.of(), Optional.empty());

    private final ObedientDoor door = new ObedientDoor();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void open() {
        channel.freezeTime();
        new MqttWall(List.of(door), MqttLimits.usual(), Runnable::run)
                .serve(channel.pipeline(), PEER, Protocol.Carrier.TLS);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whoever_does_not_connect_within_ten_seconds_is_cut_even_if_bytes_keep_coming() {
        byte[] connect = connect(FIVE, "pump-1");
        for (int i = 0; i < 9; i++) {
            comes(connect[i]);
            passes(1);
        }
        assertThat(channel.isOpen()).isTrue();
        passes(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(door.connects).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,1200", "1,30", "29,30", "30,30", "230,230", "1200,1200", "1201,1200", "65535,1200"})
    void a_device_may_be_silent_for_one_and_a_half_times_its_keep_alive(int asked, int counts) {
        comes(new Packets.Connect(FIVE, "pump-1").keepAlive(asked).bytes());
        assertThat(says()).startsWith("20").contains(asked == counts ? "2a00" : "13" + "%04x".formatted(counts));

        passes(counts * 3L / 2 - 1);
        comes(Packets.PINGREQ);
        assertThat(says()).isEqualTo("d000");
        passes(counts * 3L / 2 - 1);
        assertThat(channel.isOpen()).isTrue();
        passes(1);

        assertThat(says()).isEqualTo("e0028d00");
        assertThat(channel.isOpen()).isFalse();
        assertThat(door.seen).containsExactly("pump-1 left KEEP_ALIVE");
    }

    @Test
    void a_device_that_asks_faster_than_a_hundred_times_a_second_has_to_wait() {
        comes(connect(FIVE, "pump-1"));
        for (int i = 0; i < 1_000; i++) {
            comes(publish(FIVE, "x", ""));
        }
        assertThat(door.seen).hasSizeBetween(100, 102);
        passes(1);
        assertThat(door.seen).hasSizeBetween(199, 203);
        passes(5);
        assertThat(door.seen).hasSizeBetween(690, 703);
        assertThat(channel.isOpen()).isTrue();
    }

    private void comes(byte... bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    /// A hundredth of a second at a time.
    private void passes(long seconds) {
        for (int i = 0; i < 100; i++) {
            channel.advanceTimeBy(seconds * 10, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    private String says() {
        ByteBuf said = Unpooled.buffer();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            said.writeBytes(next);
            next.release();
        }
        return ByteBufUtil.hexDump(said);
    }
}
