package io.muster.outlets.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.core.connectivity.Advice;
import io.muster.core.connectivity.HookUrl;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import io.muster.core.policy.Hooks.Provisioning;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsHooksTest {

    private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");
    private static final Secret SECRET =
            Secret.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final Provisioning DEVICE = new Provisioning(
            new Name("acme"),
            new Name("things"),
            "ab".repeat(32),
            Bytes.of(new byte[] {1, 2, 3}),
            "line-1",
            Map.of("SerialNumber", "P-7"));

    @TempDir
    private static Path folder;

    @Test
    void the_question_has_the_shape_of_aws_and_is_signed_as_standard_webhooks_are() throws Exception {
        AtomicReference<JsonNode> asked = new AtomicReference<>();
        AtomicReference<String> signed = new AtomicReference<>();
        try (Receiver receiver = Receiver.open(folder, "dns:localhost", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            asked.set(new ObjectMapper().readTree(body));
            String id = exchange.getRequestHeaders().getFirst("webhook-id");
            String time = exchange.getRequestHeaders().getFirst("webhook-timestamp");
            signed.set(signature(id, time, body) + " is "
                    + exchange.getRequestHeaders().getFirst("webhook-signature") + " at " + time);
            Receiver.saying(200, "{\"allowProvisioning\":true,\"parameterOverrides\":{\"Site\":\"north\"}}")
                    .to(exchange);
        })) {
            assertThat(ask(receiver)).isEqualTo(new Advice.Allowed(Map.of("Site", "north")));
        }
        assertThat(asked.get().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "claimCertificateId",
                        "certificateId",
                        "certificatePem",
                        "templateArn",
                        "clientId",
                        "parameters");
        assertThat(asked.get().at("/parameters/SerialNumber").asText()).isEqualTo("P-7");
        assertThat(asked.get().path("templateArn").asText()).isEqualTo("arn:aws:iot::acme:provisioningtemplate/things");
        String[] both = signed.get().split(" is | at ", -1);
        assertThat(both[1]).isEqualTo(both[0]);
        assertThat(both[2]).isEqualTo(String.valueOf(NOW.getEpochSecond()));
    }

    @Test
    void a_no_is_a_no() throws Exception {
        try (Receiver receiver =
                Receiver.open(folder, "dns:localhost", Receiver.saying(200, "{\"allowProvisioning\":false}"))) {
            assertThat(ask(receiver)).isEqualTo(new Advice.Denied());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "{}",
                "{\"allowProvisioning\":\"true\"}",
                "{\"allowProvisioning\":true,\"allowProvisioning\":false}",
                "{\"allowProvisioning\":true} x",
                "{\"allowProvisioning\":true,\"policy\":\"*\"}",
                "{\"allowProvisioning\":true,\"parameterOverrides\":{\"a\":1}}",
                "{\"allowProvisioning\":true,\"parameterOverrides\":[]}",
                "{\"allowProvisioning\":true,\"parameterOverrides\":{\"a\":{\"b\":\"c\"}}}"
            })
    void garbage_is_a_failure_and_told_without_a_word_of_it(String answer) throws Exception {
        try (Receiver receiver = Receiver.open(folder, "dns:localhost", Receiver.saying(200, answer))) {
            assertThat(failure(ask(receiver))).startsWith("gave an answer that is not understood");
        }
    }

    @ParameterizedTest
    @CsvSource({"500, answered with status 500", "204, answered with status 204", "401, answered with status 401"})
    void any_other_status_is_a_failure(int status, String why) throws Exception {
        try (Receiver receiver = Receiver.open(folder, "dns:localhost", Receiver.saying(status, ""))) {
            assertThat(failure(ask(receiver))).isEqualTo(why);
        }
    }

    @Test
    void a_redirect_inwards_is_not_followed() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Receiver receiver = Receiver.open(folder, "dns:localhost", exchange -> {
            calls.incrementAndGet();
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            "https://localhost:" + exchange.getLocalAddress().getPort() + "/x");
            exchange.sendResponseHeaders(307, -1);
        })) {
            assertThat(failure(ask(receiver))).contains("redirect (307)");
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void a_certificate_for_another_name_or_of_a_stranger_is_not_believed() throws Exception {
        try (Receiver other = Receiver.open(
                        folder, "dns:elsewhere.example.com", Receiver.saying(200, "{\"allowProvisioning\":true}"));
                Receiver stranger =
                        Receiver.open(folder, "dns:localhost", Receiver.saying(200, "{\"allowProvisioning\":true}"))) {
            assertThat(failure(ask(other))).startsWith("cannot be trusted");
            HookTerms terms = terms(stranger, true, Duration.ofSeconds(5), 4);
            HookTerms platform =
                    new HookTerms(terms.allowed(), true, Optional.empty(), SECRET, terms.time(), terms.callsAtOnce());
            assertThat(failure(hooks(platform).provision(stranger.url("/hook"), DEVICE)))
                    .startsWith("cannot be trusted");
        }
    }

    @Test
    void an_answer_of_10_mb_is_cut_off() throws Exception {
        try (Receiver receiver = Receiver.open(folder, "dns:localhost", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1024 * 1024];
            for (int i = 0; i < 10; i++) {
                exchange.getResponseBody().write(much);
            }
        })) {
            assertThat(failure(ask(receiver))).isEqualTo("answered with more than 65536 bytes");
        }
    }

    @Test
    void who_answers_too_late_or_drop_by_drop_is_left_in_time_and_nobody_else_waits_for_it() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Receiver slow = Receiver.open(folder, "dns:localhost", exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    do {
                        exchange.getResponseBody().write(' ');
                        exchange.getResponseBody().flush();
                    } while (!over(end));
                });
                Receiver quick = Receiver.open(
                        folder, "dns:localhost,ip:127.0.0.1", Receiver.saying(200, "{\"allowProvisioning\":true}"))) {
            HookTerms terms = terms(slow, true, Duration.ofMillis(1_500), 1);
            HttpsHooks hooks = hooks(terms);
            AtomicReference<Advice> said = new AtomicReference<>();
            Instant start = Instant.now();
            Thread waiting = Thread.ofVirtual().start(() -> said.set(hooks.provision(slow.url("/hook"), DEVICE)));
            assertThat(hooks(terms(quick, true, Duration.ofSeconds(5), 1)).provision(quick.url("/hook"), DEVICE))
                    .isEqualTo(new Advice.Allowed(Map.of()));
            waiting.join();
            assertThat(failure(said.get())).isEqualTo("did not answer within 1500 ms");
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
        } finally {
            end.countDown();
        }
    }

    @Test
    void more_calls_at_once_than_there_are_places_are_put_off() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (Receiver receiver = Receiver.open(folder, "dns:localhost", exchange -> {
            asked.countDown();
            while (!over(end)) {
                Thread.onSpinWait();
            }
            Receiver.saying(200, "{\"allowProvisioning\":true}").to(exchange);
        })) {
            HttpsHooks hooks = hooks(terms(receiver, true, Duration.ofSeconds(5), 1));
            AtomicReference<Advice> first = new AtomicReference<>();
            Thread waiting = Thread.ofVirtual().start(() -> first.set(hooks.provision(receiver.url("/hook"), DEVICE)));
            asked.await();
            assertThat(hooks.provision(receiver.url("/hook"), DEVICE)).isInstanceOf(Advice.Busy.class);
            end.countDown();
            waiting.join();
            assertThat(first.get()).isInstanceOf(Advice.Allowed.class);
        }
    }

    @Test
    void an_address_that_is_not_public_is_not_called_whatever_its_name() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Receiver receiver = Receiver.open(folder, "dns:localhost", _ -> calls.incrementAndGet())) {
            HttpsHooks hooks = hooks(terms(receiver, false, Duration.ofSeconds(5), 4));
            assertThat(failure(hooks.provision(receiver.url("/hook"), DEVICE)))
                    .contains("not public", "hooks.allow-private");
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void what_the_list_does_not_lead_to_is_not_called() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (Receiver receiver = Receiver.open(folder, "dns:localhost", _ -> calls.incrementAndGet())) {
            HttpsHooks hooks = hooks(terms(receiver, true, Duration.ofSeconds(5), 4));
            int port = receiver.url("/").uri().getPort();
            for (String url : List.of(
                    "https://localhost:" + port + "/hookers",
                    "https://localhost:" + port + "/",
                    "https://127.0.0.1:" + port + "/hook",
                    "https://localhost/hook")) {
                assertThat(failure(hooks.provision(new HookUrl(url), DEVICE))).contains("hooks.allow");
            }
            HookTerms none = new HookTerms(List.of(), true, Optional.empty(), SECRET, Duration.ofSeconds(5), 4);
            assertThat(failure(hooks(none).provision(receiver.url("/hook"), DEVICE)))
                    .contains("hooks.allow");
        }
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com/",
                "https://user@hooks.example.com/",
                "https://hooks.example.com/?code=1",
                "https://hooks.example.com/#x",
                "https://hooks.example.com/a/../b",
                "https://hooks.example.com/%2e%2e/b",
                "file:///etc/passwd",
                "https:///x"
            })
    void a_hook_is_a_plain_https_url(String text) {
        assertThat(HookUrl.parse(text)).isEmpty();
    }

    @Test
    void the_answer_of_a_custom_allocation_is_read() {
        Answers answers = new Answers();
        assertThat(answers.allocation(
                        octets("{\"iotHubHostName\":\"eu-1.example.com\",\"initialTwin\":{\"tags\":{}}}")))
                .isEqualTo(new Advice.Host("eu-1.example.com", Optional.empty()));
        assertThat(answers.allocation(octets("{\"iotHubHostName\":\"eu-1.example.com\",\"payload\":{\"a\":1}}")))
                .isInstanceOfSatisfying(
                        Advice.Host.class,
                        it -> assertThat(it.payload().orElseThrow().text()).isEqualTo("{\"a\":1}"));
        assertThat(answers.allocation(octets("{\"iotHubHostName\":7}"))).isInstanceOf(Advice.Failed.class);
        assertThat(answers.allocation(octets("{\"iotHubHostName\":\"x\",\"payload\":[1]}")))
                .isInstanceOf(Advice.Failed.class);
        assertThat(answers.allocation(octets("{\"iotHubHostName\":\"x\",\"deviceId\":\"y\"}")))
                .isInstanceOf(Advice.Failed.class);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean over(CountDownLatch end) {
        try {
            return end.await(100, TimeUnit.MILLISECONDS) || end.getCount() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Advice ask(Receiver receiver) throws Exception {
        return hooks(terms(receiver, true, Duration.ofSeconds(5), 4)).provision(receiver.url("/hook"), DEVICE);
    }

    private static HookTerms terms(Receiver receiver, boolean privateToo, Duration time, int atOnce) throws Exception {
        return new HookTerms(
                List.of(receiver.url("/hook")), privateToo, Optional.of(receiver.anchors()), SECRET, time, atOnce);
    }

    private static HttpsHooks hooks(HookTerms terms) {
        return new HttpsHooks(terms, InstantSource.fixed(NOW));
    }

    private static String failure(Advice advice) {
        return ((Advice.Failed) advice).why();
    }

    /// As a receiver would compute it, from the specification.
    private static String signature(String id, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.reveal(), "HmacSHA256"));
            mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
