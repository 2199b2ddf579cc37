package io.muster.doors.objects;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.doors.listener.Listener;
import io.muster.doors.listener.SizeLimits;
import io.muster.doors.listener.TimeLimits;
import io.muster.doors.listener.Transport;
import io.muster.doors.testkit.Caller;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Signed objects over a real plain listener.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObjectsDoorTest {

    private static final String ISSUER = "00a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3";
    private static final String CRL = "/crl/" + ISSUER + "/7.crl";
    private static final Bytes SMALL = octets(700, 1);

    private final AtomicReference<Bytes> list = new AtomicReference<>(SMALL);
    private final HttpClient client = HttpClient.newHttpClient();
    private Transport transport;
    private Listener listener;

    @BeforeAll
    void open() throws Exception {
        transport = Transport.open();
        listener = Listener.openPlain(
                transport,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(new ObjectsDoor(new OneAuthority())),
                SizeLimits.downloads(),
                TimeLimits.downloads());
    }

    @BeforeEach
    void reset() {
        list.set(SMALL);
    }

    @AfterAll
    void close() {
        client.close();
        listener.close(Duration.ofSeconds(2));
        transport.close();
    }

    @Test
    void a_revocation_list_is_served_as_what_it_is() throws Exception {
        HttpResponse<byte[]> answer = get(CRL);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SMALL.toArray());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pkix-crl");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("public, max-age=60");
        assertThat(answer.headers().firstValue("Content-Length")).contains("700");
    }

    @Test
    void the_certificate_of_an_authority_is_served_as_what_it_is() throws Exception {
        HttpResponse<byte[]> answer = get("/ca/" + ISSUER + ".cer");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SMALL.toArray());
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/pkix-cert");
    }

    @Test
    void who_has_it_already_gets_304_until_there_is_a_new_one() throws Exception {
        String tag = get(CRL).headers().firstValue("ETag").orElseThrow();

        HttpResponse<byte[]> again = get(CRL, "If-None-Match", "\"other\", W/" + tag);
        list.set(octets(700, 2));
        HttpResponse<byte[]> renewed = get(CRL, "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("ETag")).contains(tag);
        assertThat(again.headers().firstValue("Content-Length")).isEmpty();
        assertThat(renewed.statusCode()).isEqualTo(200);
        assertThat(renewed.headers().firstValue("ETag")).isNotEqualTo(Optional.of(tag));
    }

    @Test
    void head_tells_the_length_and_keeps_the_connection() throws Exception {
        try (Caller caller = Caller.plain(listener.address())) {
            Caller.Answer head =
                    caller.send("HEAD " + CRL + " HTTP/1.1\r\nHost: x\r\n\r\n").readHead();
            Caller.Answer get = caller.exchange("GET " + CRL + " HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(head.status()).isEqualTo(200);
            assertThat(head.field("content-length")).isEqualTo("700");
            assertThat(get.status()).isEqualTo(200);
        }
    }

    @Test
    void a_list_of_40_megabytes_arrives_whole_with_its_length_and_the_connection_goes_on() throws Exception {
        Bytes large = octets(40 * 1024 * 1024 + 13, 3);
        list.set(large);

        HttpResponse<byte[]> answer = get(CRL);
        list.set(SMALL);
        HttpResponse<byte[]> next = get(CRL);

        assertThat(answer.headers().firstValue("Content-Length")).contains(Integer.toString(large.size()));
        assertThat(answer.headers().firstValue("Transfer-Encoding")).isEmpty();
        assertThat(Bytes.of(answer.body())).isEqualTo(large);
        assertThat(next.body()).isEqualTo(SMALL.toArray());
    }

    @Test
    void fifty_callers_who_do_not_read_their_40_megabytes_hold_no_copies_of_it() throws Exception {
        list.set(octets(40 * 1024 * 1024, 4));
        Caller[] callers = new Caller[50];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = Caller.plain(listener.address());
            assertThat(callers[i]
                            .send("GET " + CRL + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .readHead()
                            .status())
                    .isEqualTo(200);
        }
        list.set(SMALL);

        // 50 copies would be 2 GB: more than the heap of this test.
        assertThat(get(CRL).statusCode()).isEqualTo(200);
        for (Caller caller : callers) {
            caller.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/crl",
                "/ca",
                "/crl/" + ISSUER,
                "/crl/" + ISSUER + "/7",
                "/crl/" + ISSUER + "/07.crl",
                "/crl/" + ISSUER + "/-1.crl",
                "/crl/" + ISSUER + "/99999999999.crl",
                "/crl/" + ISSUER + "/7.crl/x",
                "/crl/00A1B2C3D4E5F60718293A4B5C6D7E8F90A1B2C3/7.crl",
                "/crl/00a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c/7.crl",
                "/crl/ffff/7.crl",
                "/crl/" + ISSUER + "/8.crl",
                "/ca/" + ISSUER,
                "/ca/ffff.cer",
                "/ca/.cer",
                "/.well-known/est/cacerts",
                "/acme/registrations/p/register"
            })
    void nothing_else_is_served_in_plaintext(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void nobody_can_write(String method) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri(CRL))
                .method(method, HttpRequest.BodyPublishers.ofString("x"))
                .build();

        HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void malformed_http_is_refused_and_ends_the_connection_without_tls_too() throws Exception {
        try (Caller caller = Caller.plain(listener.address())) {
            assertThat(caller.exchange("nonsense\r\n\r\n").status()).isEqualTo(400);
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void a_caller_who_wants_the_connection_closed_finds_it_closed() throws Exception {
        try (Caller caller = Caller.plain(listener.address())) {
            assertThat(caller.exchange("GET " + CRL + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .field("connection"))
                    .isEqualTo("close");
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    private HttpResponse<byte[]> get(String path, String... fields) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).version(HttpClient.Version.HTTP_1_1);
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + listener.address().getPort() + path);
    }

    private static Bytes octets(int count, int seed) {
        byte[] octets = new byte[count];
        new Random(seed).nextBytes(octets);
        return Bytes.of(octets);
    }

    private final class OneAuthority implements SignedObjects {
        @Override
        public Optional<Bytes> crl(String issuer, int shard) {
            return issuer.equals(ISSUER) && shard == 7 ? Optional.of(list.get()) : Optional.empty();
        }

        @Override
        public Optional<Bytes> authority(String issuer) {
            return issuer.equals(ISSUER) ? Optional.of(SMALL) : Optional.empty();
        }
    }
}
