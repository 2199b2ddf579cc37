package io.muster.doors.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.MqttCaller;
import io.muster.doors.testkit.MqttReached;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One port, several protocols.
class CrossroadsTest {

    private static final String ASKS = """
            GET /mqtt HTTP/1.1\r
            Host: x\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: eA==\r
            Sec-WebSocket-Protocol: parrot\r
            \r
            """;
    private static final String GET = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n";

    private final Parrot parrot = new Parrot();
    private MqttReached reached;

    @BeforeEach
    void open() throws IOException {
        reached = MqttReached.besideHttp(parrot);
    }

    @AfterEach
    void close() {
        reached.close();
    }

    @Test
    void a_name_that_is_agreed_on_decides_and_is_echoed() throws Exception {
        try (MqttCaller caller = MqttCaller.anonymous(reached.address(), "h2", "parrot-1")) {
            assertThat(caller.agreed()).contains("parrot-1");
            assertThat(says(caller, "GET /")).isEqualTo("GET /");
        }
    }

    @Test
    void a_name_that_nobody_knows_is_no_reason_for_an_alert() throws Exception {
        try (MqttCaller caller = MqttCaller.anonymous(reached.address(), "h2", "spdy/3")) {
            assertThat(caller.agreed()).isEmpty();
            assertThat(caller.send(GET.getBytes(StandardCharsets.US_ASCII)).rest(12))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("HTTP/1.1 404");
        }
    }

    @Test
    void without_a_name_the_first_byte_decides() throws Exception {
        try (MqttCaller caller = reached.caller();
                Caller http = Caller.anonymous(reached.address(), "TLSv1.3")) {
            assertThat(says(caller, "~hello")).isEqualTo("~hello");
            assertThat(http.exchange(GET).status()).isEqualTo(404);
        }
        assertThat(parrot.carriers).containsExactly(Protocol.Carrier.TLS);
    }

    @Test
    void a_port_of_one_protocol_speaks_nothing_else() throws Exception {
        try (MqttReached alone = MqttReached.alone(parrot);
                MqttCaller named = MqttCaller.anonymous(alone.address(), "x-unknown");
                MqttCaller caller = alone.caller()) {
            assertThat(named.agreed()).isEmpty();
            assertThat(says(named, GET)).isEqualTo(GET);
            assertThat(says(caller, GET)).isEqualTo(GET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/mqtt", "/$iothub/websocket", "/$iothub/websocket?iothub-no-client-cert=true"})
    void a_web_socket_carries_it_from_every_path_that_sdks_know(String path) throws Exception {
        Heard heard = new Heard();
        WebSocket socket = upgrade(path, heard, "other", "parrot");

        assertThat(socket.getSubprotocol()).isEqualTo("parrot");
        socket.sendBinary(bytes("he"), false).join();
        socket.sendBinary(bytes("llo"), true).join();
        assertThat(heard.at(5)).isEqualTo("hello");
        socket.sendPing(bytes("still there?")).join();
        assertThat(heard.pong.get(10, TimeUnit.SECONDS)).isEqualTo("still there?");
        assertThat(parrot.carriers).containsExactly(Protocol.Carrier.WEBSOCKET);

        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(heard.closed.get(10, TimeUnit.SECONDS)).isEqualTo(WebSocket.NORMAL_CLOSURE);
    }

    @Test
    void text_in_a_web_socket_ends_it() throws Exception {
        Heard heard = new Heard();
        upgrade("/mqtt", heard, "parrot").sendText("hello", true).join();

        assertThat(heard.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1003);
    }

    @Test
    void another_subprotocol_and_another_path_are_refused() {
        assertThat(refusal("/mqtt", "amqp")).isEqualTo(400);
        assertThat(refusal("/mqtt")).isEqualTo(400);
        assertThat(refusal("/other", "parrot")).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==",
                "Connection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13",
            })
    void what_is_no_whole_request_for_a_web_socket_is_400(String fields) throws Exception {
        assertThat(asking(fields)).isEqualTo(400);
    }

    @Test
    void another_version_of_web_sockets_is_426() throws Exception {
        assertThat(
                        asking(
                                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: eA=="))
                .isEqualTo(426);
    }

    /// The close frame of the Azure SDK for Java: its code is text.
    @Test
    void an_odd_close_frame_ends_the_connection_in_silence() throws Exception {
        try (Caller caller = Caller.anonymous(reached.address(), "TLSv1.3")) {
            caller.send(ASKS);
            assertThat(caller.readHead().status()).isEqualTo(101);

            caller.send("\u0088\u0084\0\0\0\0" + "1000");
            assertThat(caller.afterwards()).isEqualTo("\u0088\u0002\u0003\u00e8");
        }
    }

    private int asking(String fields) throws Exception {
        try (Caller caller = Caller.anonymous(reached.address(), "TLSv1.3")) {
            return caller.exchange(
                            "GET /mqtt HTTP/1.1\r\nHost: x\r\nSec-WebSocket-Protocol: parrot\r\n" + fields + "\r\n\r\n")
                    .status();
        }
    }

    private int refusal(String path, String... subprotocols) {
        try {
            upgrade(path, new Heard(), subprotocols);
            throw new AssertionError("not refused");
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    private WebSocket upgrade(String path, Heard heard, String... subprotocols) {
        WebSocket.Builder builder =
                HttpClient.newBuilder().sslContext(trusting()).build().newWebSocketBuilder();
        if (subprotocols.length > 0) {
            builder.subprotocols(
                    subprotocols[0],
                    List.of(subprotocols).subList(1, subprotocols.length).toArray(String[]::new));
        }
        return builder.buildAsync(
                        URI.create("wss://localhost:" + reached.address().getPort() + path), heard)
                .join();
    }

    private static SSLContext trusting() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {Caller.trustsAnyServer()}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String says(MqttCaller caller, String text) throws IOException {
        byte[] sent = text.getBytes(StandardCharsets.US_ASCII);
        return new String(caller.send(sent).rest(sent.length), StandardCharsets.US_ASCII);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Says what it hears.
    private static final class Parrot implements Protocol {

        private final List<Carrier> carriers = new CopyOnWriteArrayList<>();

        @Override
        public Set<String> alpn() {
            return Set.of("parrot-1");
        }

        @Override
        public boolean beginsWith(byte first) {
            return first == '~';
        }

        @Override
        public String subprotocol() {
            return "parrot";
        }

        @Override
        public void serve(ChannelPipeline pipeline, TlsPeer peer, Carrier carrier) {
            carriers.add(carrier);
            pipeline.addLast(new ChannelInboundHandlerAdapter() {
                @Override
                @SuppressWarnings("FutureReturnValueIgnored") // the test notices
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    ctx.writeAndFlush((ByteBuf) message);
                }
            });
        }
    }

    private static final class Heard implements WebSocket.Listener {

        private final CompletableFuture<String> pong = new CompletableFuture<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final AtomicReference<String> heard = new AtomicReference<>("");

        String at(int length) {
            await().until(() -> heard.get().length() >= length);
            return heard.get();
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            String text = StandardCharsets.US_ASCII.decode(data).toString();
            heard.updateAndGet(before -> before + text);
            return WebSocket.Listener.super.onBinary(socket, data, last);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
            pong.complete(StandardCharsets.US_ASCII.decode(message).toString());
            return WebSocket.Listener.super.onPong(socket, message);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return WebSocket.Listener.super.onClose(socket, status, reason);
        }
    }
}
