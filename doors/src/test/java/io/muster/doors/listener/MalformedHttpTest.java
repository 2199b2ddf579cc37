package io.muster.doors.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.TestPki;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every shape that two readers of HTTP could read differently is refused, and the connection ends with it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedHttpTest {

    private static final String GET = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

    private Transport transport;
    private ServerTls tls;
    private Listener listener;

    @BeforeAll
    void open() throws Exception {
        transport = Transport.open();
        tls = new ServerTls(TestPki.server("muster"));
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
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /echo\r\n\r\n",
                "GET  /echo HTTP/1.1\r\nHost: x\r\n\r\n",
                " GET /echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET\t/echo\tHTTP/1.1\r\nHost: x\r\n\r\n",
                "GET\u000b/echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /echo HTTP/1.1 \r\nHost: x\r\n\r\n",
                "GET /e\rcho HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /e\0cho HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /ech\u00f6 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /echo/../echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /echo/%2e%2e%2fetc HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /echo/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /echo%2Fa HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET //echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET https://x/echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /echo?a=1&a=2 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /echo HTTP/1.1\nHost: x\n\n",
                "GET /echo HTTP/1.1\r\nHost: x\n\r\n",
                "GET /echo HTTP/1.1\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nAuthorization: a\r\nauthorization: b\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nA: b\r\n\tc\r\n\r\n",
                "GET /echo HTTP/1.1\r\n Host: x\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nA\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
                "GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
                "GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\na",
                "GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na",
                "GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0x1\r\n\r\na",
                "GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\na",
                "GET /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
                "GET /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: identity\r\n\r\n",
                "PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                "PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
                "PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\na\r\n0\r\n\r\n"
            })
    void is_400_and_ends_the_connection(String request) throws Exception {
        assertRefused(400, request);
    }

    @Test
    void a_fold_that_comes_in_pieces_is_400_too() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            caller.send("GET /echo HTTP/1.1\r\nHost: x\r\nA: b\r\n");
            caller.send(" c\r\n\r\n");
            assertThat(caller.read().status()).isEqualTo(400);
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void a_body_that_looks_like_a_fold_is_a_body() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            String put = "\r\n\r\nPUT /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\n{\r\n  }";
            assertThat(caller.exchange(put).body()).endsWith(" {\r\n  }");
        }
    }

    @Test
    void other_things_that_are_not_served_have_their_own_status() throws Exception {
        assertRefused(414, "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertRefused(431, "GET /echo HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(17_000) + "\r\n\r\n");
        assertRefused(431, "GET /echo HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(100) + "\r\n");
        assertRefused(413, "PUT /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 65537\r\n\r\n");
        assertRefused(415, "PUT /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\na");
        assertRefused(417, "PUT /echo HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 1\r\n\r\na");
        assertRefused(501, "PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
        assertRefused(505, "GET /echo HTTP/2.0\r\nHost: x\r\n\r\n");
    }

    @Test
    void a_body_of_exactly_the_limit_is_taken() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            String body = "a".repeat(64 * 1024);
            String put = "PUT /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            assertThat(caller.exchange(put).status()).isEqualTo(200);
        }
    }

    @Test
    void a_chunked_body_over_the_limit_is_413_though_its_length_was_never_told() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            caller.send("PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 17; i++) {
                caller.send("1000\r\n" + "a".repeat(4096) + "\r\n");
            }
            assertThat(caller.read().status()).isEqualTo(413);
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void a_request_behind_a_good_one_is_refused_after_its_answer() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            caller.send(GET + "nonsense\r\n\r\n" + GET);
            assertThat(caller.read().status()).isEqualTo(200);
            assertThat(caller.read().status()).isEqualTo(400);
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void a_flood_of_pipelined_requests_is_cut() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            caller.send(GET.repeat(200));
            int status = 200;
            for (int i = 0; i < 200 && status == 200; i++) {
                status = caller.read().status();
            }
            assertThat(status).isEqualTo(429);
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void plain_http_on_the_tls_port_is_closed() throws Exception {
        try (java.net.Socket socket = new java.net.Socket(
                listener.address().getAddress(), listener.address().getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(GET.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        }
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            assertThat(caller.exchange(GET).status()).isEqualTo(200);
        }
    }

    private void assertRefused(int status, String request) throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            Caller.Answer answer = caller.exchange(request);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(answer.body()).doesNotContain("Exception").doesNotContain("io.netty");
            assertThat(caller.closedByServer()).isTrue();
        }
    }
}
