package io.muster.doors.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.TestPki;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_presented_chain_reaches_the_door_unjudged(String protocol) throws Exception {
        try (Caller caller = Caller.with(TestPki.client("pump-1", 2), listener.address(), protocol)) {
            Caller.Answer answer = caller.exchange(GET);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).startsWith("GET [echo] {} 3 ");
            assertThat(caller.session().getProtocol()).isEqualTo(protocol);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_certificate_is_optional(String protocol) throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), protocol)) {
            assertThat(caller.exchange(GET).body()).startsWith("GET [echo] {} 0 ");
        }
    }

    @Test
    void a_version_one_certificate_is_taken() throws Exception {
        try (Caller caller = Caller.with(TestPki.versionOne("old"), listener.address(), "TLSv1.2")) {
            assertThat(caller.exchange(GET).body()).startsWith("GET [echo] {} 1 ");
        }
    }

    @Test
    void a_chain_that_is_too_long_for_the_pipeline_reaches_it_whole_to_be_refused_in_words() throws Exception {
        try (Caller caller = Caller.with(TestPki.client("long", 12), listener.address(), "TLSv1.2")) {
            assertThat(caller.exchange(GET).body()).startsWith("GET [echo] {} 13 ");
        }
    }

    @Test
    void a_chain_of_more_than_64_kilobytes_ends_the_handshake() throws Exception {
        TestPki.Holder holder = TestPki.client("huge", 250);

        assertThatThrownBy(
                        () -> Caller.with(holder, listener.address(), "TLSv1.2").exchange(GET))
                .isInstanceOf(java.io.IOException.class);
    }

    @Test
    void every_answer_tells_time_length_and_server() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            Caller.Answer answer = caller.exchange(GET);

            assertThat(answer.field("date")).matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
            assertThat(answer.field("server")).isEqualTo("Muster");
            assertThat(answer.fields()).containsKey("content-length").doesNotContainKey("connection");
        }
    }

    @Test
    void a_connection_serves_many_requests_and_drains_the_body_of_a_get() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            for (int i = 0; i < 5; i++) {
                String get = "GET /echo/" + i + "?a=b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
                assertThat(caller.exchange(get).body())
                        .startsWith("GET [echo, " + i + "] {a=b} 0 ")
                        .endsWith(" {}");
            }
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            StringBuilder many = new StringBuilder();
            for (int i = 0; i < 10; i++) {
                many.append("GET /echo/").append(i).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            caller.send(many.toString());
            for (int i = 0; i < 10; i++) {
                assertThat(caller.read().body()).contains("[echo, " + i + "]");
            }
            assertThat(caller.exchange(GET).status()).isEqualTo(200);
        }
    }

    @Test
    void a_chunked_body_is_put_together() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            caller.send("PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            String put = "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
            assertThat(caller.exchange(put).body()).endsWith(" abcde");
        }
    }

    @Test
    void a_caller_that_waits_for_continue_gets_it() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            String head = "PUT /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
            assertThat(caller.exchange(head).status()).isEqualTo(100);
            assertThat(caller.exchange("abc").body()).endsWith(" abc");
        }
    }

    @Test
    void a_head_that_comes_byte_by_byte_is_understood() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            for (char c : "PUT /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n\n x".toCharArray()) {
                caller.send(String.valueOf(c));
            }
            assertThat(caller.read().body()).endsWith(" \n x");
        }
    }

    @Test
    void a_caller_that_wants_to_end_gets_its_answer_first() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            Caller.Answer answer = caller.exchange("GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("connection")).isEqualTo("close");
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void http_1_0_is_answered_and_ended() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.2")) {
            assertThat(caller.exchange("GET /echo HTTP/1.0\r\n\r\n").status()).isEqualTo(200);
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void a_head_request_gets_no_body() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            caller.send("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n" + GET);

            assertThat(caller.readHead().field("content-length")).isNotEqualTo("0");
            assertThat(caller.read().status()).isEqualTo(200);
        }
    }

    @Test
    void an_unknown_path_is_404_and_a_wrong_method_405() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            assertThat(caller.exchange("GET /other HTTP/1.1\r\nHost: x\r\n\r\n").status())
                    .isEqualTo(404);
            Caller.Answer answer = caller.exchange("DELETE /echo HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.field("allow")).isEqualTo("GET, PUT");
        }
    }

    @Test
    void a_fault_of_a_door_is_500_and_says_nothing_of_itself() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            Caller.Answer answer = caller.exchange("GET /echo/fault HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).doesNotContain("secret").doesNotContain("Exception");
            assertThat(caller.exchange(GET).status()).isEqualTo(200);
        }
    }

    @Test
    void the_server_name_that_the_caller_asks_for_is_reported() throws Exception {
        try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3", "scope-1.unknown.example")) {
            assertThat(caller.exchange(GET).body()).contains(" scope-1.unknown.example ");
        }
    }

    @Test
    void another_identity_is_shown_from_the_next_connection_on() throws Exception {
        try (Caller before = Caller.anonymous(listener.address(), "TLSv1.3")) {
            assertThat(before.exchange(GET).status()).isEqualTo(200);

            tls.present(TestPki.server("muster two"));

            assertThat(before.exchange(GET).status()).isEqualTo(200);
            try (Caller after = Caller.anonymous(listener.address(), "TLSv1.3")) {
                assertThat(after.exchange(GET).status()).isEqualTo(200);
                assertThat(before.server().getSubjectX500Principal()).hasToString("CN=muster one");
                assertThat(after.server().getSubjectX500Principal()).hasToString("CN=muster two");
            }
        }
    }

    @Test
    void tls_is_native_here() {
        assertThat(tls.describe()).contains("BoringSSL");
    }

    @Test
    void a_port_that_is_taken_is_named() {
        assertThatThrownBy(() -> Listener.open(
                        transport, listener.address(), tls, List.of(), SizeLimits.usual(), TimeLimits.usual()))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining(Integer.toString(listener.address().getPort()));
    }
}
