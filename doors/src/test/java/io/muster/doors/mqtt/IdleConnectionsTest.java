package io.muster.doors.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.muster.doors.testkit.Packets;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What connections cost on which nothing happens. The server is a JVM of its own with the arguments of `./muster up`;
/// each end has its own limit of open files.
class IdleConnectionsTest {

    private static final Logger LOG = LoggerFactory.getLogger(IdleConnectionsTest.class);

    private static final boolean FULL = Boolean.getBoolean("muster.test.full");
    private static final int CONNECTIONS = FULL ? 10_000 : 1_000;
    private static final int FIRST = 200;
    private static final int AT_ONCE = 64;
    private static final long LONGEST_SECONDS = 300;

    private static final int MOST_RESIDENT_MEGABYTES = 250;
    private static final int MOST_HEAP_KILOBYTES_EACH = 12;

    private final Semaphore begun = new Semaphore(AT_ONCE);
    private final Semaphore in = new Semaphore(0);
    private Process house;
    private BufferedReader says;
    private PrintStream asks;
    private EventLoopGroup devices;
    private int opened;

    /// @param connections that are open
    private record Cost(int connections, int threads, int heapKilobytes, int residentKilobytes) {}

    @BeforeEach
    void open() throws IOException {
        assumeThat(Files.exists(Path.of("/proc/self/status")))
                .as("memory can be read in /proc")
                .isTrue();
        house = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xms64m",
                        "-Xmx160m",
                        "-XX:MaxDirectMemorySize=96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IdleHouse.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        says = house.inputReader(StandardCharsets.UTF_8);
        asks = new PrintStream(house.getOutputStream(), true, StandardCharsets.UTF_8);
        devices = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    }

    @AfterEach
    void close() throws InterruptedException {
        devices.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        house.destroyForcibly().waitFor();
    }

    @Test
    void an_idle_connection_holds_no_thread_and_little_memory() throws Exception {
        int port = Integer.parseInt(says.readLine());
        connect(port, FIRST);
        Cost first = cost();
        connect(port, CONNECTIONS - FIRST);
        Cost all = cost();

        LOG.info("{}, then {}", first, all);
        assertThat(all.connections()).isEqualTo(CONNECTIONS);
        assertThat(all.threads()).isLessThanOrEqualTo(first.threads() + 2);
        assertThat((all.heapKilobytes() - first.heapKilobytes()) / (CONNECTIONS - FIRST))
                .as("kilobytes of heap for a connection")
                .isLessThan(MOST_HEAP_KILOBYTES_EACH);
        assertThat(all.residentKilobytes() / 1024).as("megabytes of the JVM").isLessThan(MOST_RESIDENT_MEGABYTES);
    }

    private void connect(int port, int count) throws Exception {
        SslContext tls = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .build();
        Bootstrap bootstrap = new Bootstrap()
                .group(devices)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()), new IdleDevice("device-" + opened++));
                    }
                });
        for (int i = 0; i < count; i++) {
            assertThat(begun.tryAcquire(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            var _ = bootstrap.connect(InetAddress.getLoopbackAddress(), port);
        }
        assertThat(in.tryAcquire(count, LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private Cost cost() throws IOException {
        asks.println();
        List<Integer> numbers = Arrays.stream(says.readLine().split(" ", -1))
                .map(Integer::valueOf)
                .toList();
        return new Cost(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    /// Connects, hears that it is let in, and says nothing more.
    private final class IdleDevice extends SimpleChannelInboundHandler<ByteBuf> {

        private final String name;

        IdleDevice(String name) {
            this.name = name;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // a device that is not let in is missing in the end
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
                ctx.writeAndFlush(Unpooled.wrappedBuffer(
                        new Packets.Connect(4, name).keepAlive(1_200).bytes()));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf connack) {
            begun.release();
            in.release();
        }
    }
}
