package io.muster.doors.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.TestPki;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerTest {

    private static final String GET = "GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private Transport transport;
    private ServerTls tls;
    private Listener listener;

    @BeforeEach
    void open() throws Exception {
        transport = Transport.open();
        tls = new ServerTls(TestPki.server("muster one"));
        listener = Listener.open(
                transport,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls,
                List.of(new EchoDoor()),
                SizeLimits.usual(),
                TimeLimits.usual());
    }

    @AfterEach
    void close() {
        listener.close(Duration.ofSeconds(2));
        tls.close();
        transport.close();
    }

    @Test
    void answers_over_tls_1_3_with_a_client_certificate() throws Exception {
        try (Caller caller = Caller.with(TestPki.client("pump-1", 1), listener.address(), "TLSv1.3")) {
            Caller.Answer answer = caller.exchange(GET);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).startsWith("GET [echo] {} 2 ");
            assertThat(answer.field("server")).isEqualTo("Muster");
        }
    }

    @Test
    void tls_is_boringssl_here() {
        assertThat(tls.describe()).contains("BoringSSL");
    }
}
