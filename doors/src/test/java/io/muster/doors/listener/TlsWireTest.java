package io.muster.doors.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.TestPki;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The TLS rules as a stranger's TLS sees them: OpenSSL's `s_client`, where it is installed, and BoringSSL.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsWireTest {

    private final HeardTls heard = new HeardTls();

    private Transport transport;
    private ServerTls tls;
    private Listener listener;

    @BeforeAll
    void open() throws Exception {
        transport = Transport.open();
        tls = new ServerTls(TestPki.server("muster"), heard);
        listener = Listener.open(
                transport,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls,
                List.of(new EchoDoor()),
                SizeLimits.usual(),
                TimeLimits.usual());
    }

    @AfterAll
    void close() {
        listener.close(Duration.ofSeconds(2));
        tls.close();
        transport.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void asks_for_a_certificate_of_no_particular_authority_and_gives_nothing_to_resume(String version)
            throws Exception {
        String talk = openssl(version);

        assertThat(talk).contains("No client certificate CA names sent").contains("HTTP/1.1 200 OK");
        assertThat(talk).doesNotContain("session ticket").doesNotContain("Session Ticket");
        assertThat(talk).contains("Secure Renegotiation").doesNotContain("Reused,");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ECDHE-ECDSA-AES128-SHA256",
                "ECDHE-ECDSA-AES256-SHA",
                "AES128-GCM-SHA256",
                "DHE-RSA-AES128-GCM-SHA256"
            })
    void refuses_suites_that_do_not_authenticate_or_keep_no_forward_secrecy(String suite) throws Exception {
        assertThat(openssl("-tls1_2", "-cipher", suite + ":@SECLEVEL=0")).doesNotContain("HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"})
    void takes_the_suites_that_do_both(String suite) throws Exception {
        assertThat(openssl("-tls1_2", "-cipher", suite)).contains("HTTP/1.1 200 OK");
    }

    @Test
    void refuses_tls_1_1() throws Exception {
        assertThat(openssl("-tls1_1", "-cipher", "ALL:@SECLEVEL=0")).doesNotContain("HTTP/1.1");
    }

    @Test
    void a_renegotiation_ends_the_connection() throws Exception {
        String get = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.2")) {
            assertThat(caller.exchange(get).status()).isEqualTo(200);

            assertThatThrownBy(() -> {
                        caller.handshakeAgain();
                        caller.exchange(get);
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519MLKEM768", "x25519", "secp256r1", "secp384r1"})
    void agrees_on_a_key_by_each_group(String group) throws Exception {
        heard.agreed.clear();
        assertThat(handshakes(group)).isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(heard.agreed)
                .containsExactly("TLSv1.3 " + HeardTls.OPENSSL_NAMES.getOrDefault(group, group)));
    }

    @Test
    void a_handshake_of_tls_1_2_is_heard_of_with_its_group() throws Exception {
        heard.agreed.clear();
        openssl("-tls1_2", "-groups", "prime256v1");
        assertThat(heard.agreed).contains("TLSv1.2 p-256");
    }

    @ParameterizedTest
    @CsvSource({
        "-tls1_2 -cipher ECDHE-ECDSA-AES256-SHA,no_shared_cipher",
        "-tls1_3 -groups secp521r1,no_shared_group",
        "-tls1_1 -cipher ALL:@SECLEVEL=0,unsupported_version"
    })
    void a_handshake_that_fails_is_heard_of_in_one_word(String options, String reason) throws Exception {
        heard.failed.clear();
        openssl(options.split(" ", -1));
        assertThat(heard.failed).containsExactly(reason);
    }

    @Test
    void what_is_no_tls_is_heard_of_too() throws Exception {
        heard.failed.clear();
        try (Socket socket =
                new Socket(listener.address().getAddress(), listener.address().getPort())) {
            socket.getOutputStream().write("SSH-2.0-somebody\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(64);
        }
        assertThat(heard.failed).containsExactly("not_tls");
    }

    @Test
    void agrees_on_no_other_group() throws Exception {
        assertThat(handshakes("secp521r1")).isFalse();
    }

    private boolean handshakes(String group) throws Exception {
        SslContext context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .option(OpenSslContextOption.GROUPS, new String[] {group})
                .build();
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel channel = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel connection) {
                            connection.pipeline().addLast(context.newHandler(connection.alloc()));
                        }
                    })
                    .connect(listener.address())
                    .sync()
                    .channel();
            SslHandler handler = channel.pipeline().get(SslHandler.class);
            return handler.handshakeFuture().await().isSuccess();
        } finally {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        }
    }

    /// Sends one request by OpenSSL and returns all that it prints.
    private String openssl(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-ign_eof"));
        command.addAll(List.of("-connect", "127.0.0.1:" + listener.address().getPort()));
        command.addAll(List.of(options));
        assumeTrue(installed(), "openssl is not installed");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String request = "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            process.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            String talk = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return talk;
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean installed() throws InterruptedException {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
