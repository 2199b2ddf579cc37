package io.muster.outlets.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.muster.core.device.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpClientTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void an_answer_comes_with_status_headers_and_body() throws Exception {
        try (TlsServer server = TlsServer.named("localhost", this::greet);
                HttpClient client = client(server, LONG)) {
            Answer answer = client.ask(get(server.url("/x")));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("X-Seen")).contains("GET /x");
            assertThat(answer.body().toArray()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_server_with_another_names_certificate_or_of_an_unknown_authority_is_told_nothing() throws Exception {
        try (TlsServer other = TlsServer.named("other.example", this::greet);
                TlsServer own = TlsServer.named("localhost", this::greet);
                HttpClient trusting = client(other, LONG);
                HttpClient strict = HttpClient.of(new Peer(Optional.empty(), true, LONG, 1))) {
            assertThatThrownBy(() -> trusting.ask(get(other.url("/"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("TLS fails");
            assertThatThrownBy(() -> strict.ask(get(own.url("/"))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("TLS fails");
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void the_name_is_checked_and_not_the_address_that_it_leads_to() throws Exception {
        try (TlsServer server = TlsServer.named("receiver.example", this::greet);
                HttpClient client = HttpClient.of(peer(server, LONG), host -> new InetAddress[] {loopback()})) {
            assertThat(client.ask(get(server.at("receiver.example", "/"))).status())
                    .isEqualTo(200);
            assertThatThrownBy(() -> client.ask(get(server.at("127.0.0.1", "/"))))
                    .hasMessageContaining("TLS fails");
        }
    }

    @Test
    void a_redirect_is_an_answer_and_nobody_goes_there() throws Exception {
        try (TlsServer inside = TlsServer.named("localhost", this::greet);
                TlsServer server = TlsServer.named("localhost", exchange -> {
                    exchange.getResponseHeaders()
                            .add("Location", inside.url("/").toString());
                    exchange.sendResponseHeaders(307, -1);
                    exchange.close();
                });
                HttpClient client = client(server, LONG)) {
            assertThat(client.ask(get(server.url("/"))).status()).isEqualTo(307);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void nobody_connects_to_an_address_that_is_not_public_whatever_name_leads_there() throws Exception {
        try (TlsServer server = TlsServer.named("localhost", this::greet)) {
            Peer peer = new Peer(Optional.of(server.anchor(folder)), false, LONG, 1);
            for (URI url : List.of(server.url("/"), server.at("127.0.0.1", "/"), server.at("[::1]", "/"))) {
                try (HttpClient client = HttpClient.of(peer)) {
                    assertThatThrownBy(() -> client.ask(get(url)))
                            .isInstanceOf(IOException.class)
                            .hasMessageContaining("no public address");
                }
            }
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void a_name_is_checked_each_time_that_it_is_resolved() throws Exception {
        AtomicInteger times = new AtomicInteger();
        CheckedNames names = new CheckedNames(
                host -> new InetAddress[] {address(times.getAndIncrement() == 0 ? "1.1.1.1" : "127.0.0.1")}, false);
        assertThat(names.resolve("rebound.example")).containsExactly(address("1.1.1.1"));
        assertThatThrownBy(() -> names.resolve("rebound.example"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void public_are_those_addresses_that_the_whole_internet_reaches() throws Exception {
        for (String address : List.of(
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.8.8.8",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::",
                "3fff::1")) {
            assertThat(PublicAddresses.include(address(address))).as(address).isFalse();
        }
        for (String address : List.of(
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.128.0.1",
                "172.32.0.1",
                "198.20.0.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "2001:4860:4860::8888")) {
            assertThat(PublicAddresses.include(address(address))).as(address).isTrue();
        }
    }

    @Test
    void a_server_that_never_answers_or_never_ends_is_left_in_time() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (TlsServer silent = TlsServer.named("localhost", exchange -> await(over));
                TlsServer endless = TlsServer.named("localhost", exchange -> drip(exchange, over));
                HttpClient ofSilent = client(silent, SHORT);
                HttpClient ofEndless = client(endless, SHORT)) {
            long began = System.nanoTime();
            assertThatThrownBy(() -> ofSilent.ask(get(silent.url("/")))).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ofEndless.ask(get(endless.url("/")))).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
        } finally {
            over.countDown();
        }
    }

    @Test
    void an_answer_that_is_too_large_is_none() throws Exception {
        try (TlsServer server = TlsServer.named("localhost", exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    try (OutputStream body = exchange.getResponseBody()) {
                        for (int i = 0; i <= HttpClient.LARGEST_BODY / 65_536; i++) {
                            body.write(new byte[65_536]);
                        }
                    }
                });
                HttpClient client = client(server, LONG)) {
            assertThatThrownBy(() -> client.ask(get(server.url("/")))).hasMessageContaining("larger than");
        }
    }

    @Test
    void retry_after_is_seconds_or_a_moment_or_nothing() {
        Instant now = Instant.parse("2026-11-23T18:30:00Z");
        Map.of(
                        "7", Duration.ofSeconds(7),
                        "Mon, 23 Nov 2026 18:31:00 GMT", Duration.ofMinutes(1),
                        "Mon, 23 Nov 2026 18:29:00 GMT", Duration.ZERO,
                        "soon", Duration.ZERO,
                        "999999999", Duration.ofDays(1))
                .forEach((text, length) -> assertThat(
                                new Answer(503, Map.of("retry-after", text), Bytes.of(new byte[0])).retryAfter(now))
                        .as(text)
                        .isEqualTo(length));
    }

    private void greet(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        exchange.getResponseHeaders().add("X-Seen", exchange.getRequestMethod() + " " + exchange.getRequestURI());
        exchange.sendResponseHeaders(200, 5);
        exchange.getResponseBody().write("hello".getBytes(StandardCharsets.UTF_8));
        exchange.close();
    }

    /// A byte now and then, so that no single read takes long.
    private static void drip(HttpExchange exchange, CountDownLatch over) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            for (int i = 0; i < 1000 && over.getCount() > 0; i++) {
                body.write(' ');
                body.flush();
                await(over, 50);
            }
        }
    }

    private static void await(CountDownLatch over) {
        await(over, 20_000);
    }

    private static void await(CountDownLatch over, long millis) {
        try {
            var _ = over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpClient client(TlsServer server, Duration patience) throws IOException {
        return HttpClient.of(peer(server, patience));
    }

    private Peer peer(TlsServer server, Duration patience) throws IOException {
        return new Peer(Optional.of(server.anchor(folder)), true, patience, 1);
    }

    private static Ask get(URI url) {
        return new Ask(Ask.Method.GET, url, Map.of(), Optional.empty());
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
