package io.muster.fleet.dps;

import static io.muster.fleet.mqtt.PretendBroker.code;
import static io.muster.fleet.mqtt.PretendBroker.hangUp;
import static io.muster.fleet.mqtt.PretendBroker.say;
import static io.muster.fleet.mqtt.PretendBroker.usual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.TokenDevice;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.mqtt.PretendBroker;
import io.muster.fleet.mqtt.PretendBroker.Reaction;
import io.muster.fleet.mqtt.PretendBroker.Script;
import io.muster.fleet.mqtt.PretendBroker.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DpsMqttClientTest {

    private static final X509Device PUMP = Maker.found("Acme").make("pump-1");
    private static final Patience PATIENCE = Patience.once().within(Duration.ofSeconds(20));
    private static final Patience THREE_TRIES =
            new Patience(3, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20), 3);
    private static final String ASSIGNING = "{\"operationId\":\"op-7\",\"status\":\"assigning\"}";

    @Test
    void a_device_with_a_certificate_registers_as_the_java_sdk_does() throws Exception {
        try (PretendBroker broker = serving(DpsMqttClientTest::assigned)) {
            Registration registration = register(broker, PUMP, PATIENCE);

            assertThat(registration.ending()).isEqualTo(new Ending.Enrolled("pump-1", "hub.example.com"));
            assertThat(registration.latency()).isPositive();
            await().untilAsserted(() ->
                    assertThat(broker.packets()).containsExactly("CONNECT", "SUBSCRIBE", "PUBLISH", "DISCONNECT"));
            PretendBroker.Guest guest = broker.seen().getFirst().guest();
            assertThat(guest.clientId()).isEqualTo("pump-1");
            assertThat(guest.userName())
                    .isEqualTo("acme/registrations/pump-1/api-version=2019-03-31&ClientVersion=2019-03-31");
            assertThat(guest.password()).isEmpty();
            assertThat(guest.cleanSession()).isFalse();
            assertThat(guest.keepAliveSeconds()).isEqualTo(230);
            assertThat(guest.shown()).hasSize(2);
            assertThat(broker.seen().get(1).topic()).isEqualTo("$dps/registrations/res/#");
            Seen request = broker.seen().get(2);
            assertThat(request.topic()).isEqualTo("$dps/registrations/PUT/iotdps-register/?$rid=1");
            assertThat(request.text()).isEqualTo("{\"registrationId\":\"pump-1\"}");
            assertThat(request.qos()).isZero();
        }
    }

    @Test
    void a_device_with_a_key_shows_a_token_as_password_and_no_certificate() throws Exception {
        Device meter = GroupKey.fromBase64("c2VjcmV0LWdyb3VwLWtleQ==").make("meter-1");
        try (PretendBroker broker = serving(DpsMqttClientTest::assigned)) {
            assertThat(register(broker, meter, PATIENCE).ending()).isInstanceOf(Ending.Enrolled.class);

            PretendBroker.Guest guest = broker.seen().getFirst().guest();
            assertThat(guest.shown()).isEmpty();
            assertThat(guest.password().orElse(""))
                    .startsWith("SharedAccessSignature sr=acme/registrations/meter-1&sig=");
        }
    }

    @Test
    void a_one_time_token_is_not_shown() throws Exception {
        try (PretendBroker broker = serving(DpsMqttClientTest::assigned)) {
            var _ = register(broker, new TokenDevice("gate-1", "hush"), PATIENCE);

            assertThat(broker.seen().getFirst().guest().password()).isEmpty();
        }
    }

    @Test
    void a_deferred_device_rests_and_polls_on_the_same_connection() throws Exception {
        try (PretendBroker broker = serving(request -> isPoll(request) ? assigned(request) : assigning(request, "1"))) {
            Registration registration = register(broker, PUMP, PATIENCE);

            assertThat(registration.ending()).isInstanceOf(Ending.Enrolled.class);
            assertThat(registration.latency()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            await().untilAsserted(() -> assertThat(broker.packets())
                    .containsExactly("CONNECT", "SUBSCRIBE", "PUBLISH", "PUBLISH", "DISCONNECT"));
            Seen poll = broker.seen().get(3);
            assertThat(poll.topic())
                    .isEqualTo("$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId=op-7");
            assertThat(poll.payload()).isEmpty();
        }
    }

    @Test
    void a_deferred_device_that_lost_its_connection_polls_on_a_new_one() throws Exception {
        AtomicInteger polls = new AtomicInteger();
        try (PretendBroker broker = serving(request -> {
            if (!isPoll(request)) {
                return assigning(request, "0");
            }
            return polls.incrementAndGet() == 1 ? new Reaction.HangUp() : assigned(request);
        })) {
            assertThat(register(broker, PUMP, THREE_TRIES).ending()).isInstanceOf(Ending.Enrolled.class);
            assertThat(broker.seen().stream().filter(seen -> seen.is("PUBLISH")).map(DpsMqttClientTest::isPoll))
                    .containsExactly(false, true, true);
        }
    }

    @Test
    void a_device_that_stays_deferred_gives_up() throws Exception {
        try (PretendBroker broker = serving(request -> assigning(request, "0"))) {
            assertThat(register(broker, PUMP, THREE_TRIES).ending())
                    .isEqualTo(new Ending.Lost("still deferred after 3 polls"));
        }
    }

    @Test
    void a_refusal_carries_the_servers_code_and_is_final() throws Exception {
        String body = "{\"errorCode\":401002,\"trackingId\":\"t\",\"message\":\"Unauthorized\"}";
        try (PretendBroker broker = serving(request -> answer(request, 401, "", body))) {
            assertThat(register(broker, PUMP, THREE_TRIES).ending())
                    .isEqualTo(new Ending.Refused(401, "401002", "Unauthorized"));
            assertThat(broker.packets()).containsOnlyOnce("PUBLISH");
        }
    }

    @Test
    void an_overloaded_server_is_asked_again_and_then_believed() throws Exception {
        try (PretendBroker broker = serving(request -> answer(request, 503, "", "{\"errorCode\":503001}"))) {
            assertThat(register(broker, PUMP, THREE_TRIES).ending()).isEqualTo(new Ending.Refused(503, "503001", ""));
            assertThat(broker.packets().stream().filter("PUBLISH"::equals)).hasSize(3);
        }
    }

    @Test
    void a_connection_that_is_not_authorized_is_a_refusal() throws Exception {
        try (PretendBroker broker = new PretendBroker(_ -> code(5))) {
            assertThat(register(broker, PUMP, THREE_TRIES).ending())
                    .isEqualTo(new Ending.Refused(5, "CONNACK", "not authorized"));
            assertThat(broker.packets()).containsExactly("CONNECT");
        }
    }

    @Test
    void a_broker_that_is_not_available_is_asked_again() throws Exception {
        AtomicInteger connects = new AtomicInteger();
        Script usually = script(DpsMqttClientTest::assigned);
        try (PretendBroker broker = new PretendBroker(
                seen -> seen.is("CONNECT") && connects.incrementAndGet() == 1 ? code(3) : usually.reactTo(seen))) {
            assertThat(register(broker, PUMP, THREE_TRIES).ending()).isInstanceOf(Ending.Enrolled.class);
        }
    }

    @Test
    void a_refused_subscription_is_a_refusal() throws Exception {
        try (PretendBroker broker = new PretendBroker(seen -> seen.is("SUBSCRIBE") ? code(0x80) : usual())) {
            assertThat(register(broker, PUMP, PATIENCE).ending())
                    .isEqualTo(new Ending.Refused(0x80, "SUBACK", "no subscription to $dps/registrations/res/#"));
        }
    }

    @Test
    void a_connection_closed_without_an_answer_is_a_loss() throws Exception {
        try (PretendBroker broker = serving(_ -> new Reaction.HangUp())) {
            assertThat(register(broker, PUMP, PATIENCE).ending())
                    .isEqualTo(new Ending.Lost("closed without an answer"));
        }
    }

    @Test
    void a_lost_connection_is_tried_again_where_patience_allows() throws Exception {
        AtomicInteger connects = new AtomicInteger();
        Script usually = script(DpsMqttClientTest::assigned);
        try (PretendBroker broker = new PretendBroker(
                seen -> seen.is("CONNECT") && connects.incrementAndGet() < 3 ? hangUp() : usually.reactTo(seen))) {
            assertThat(register(broker, PUMP, THREE_TRIES).ending()).isInstanceOf(Ending.Enrolled.class);
        }
    }

    @Test
    void silence_ends_after_the_time_for_a_request() throws Exception {
        try (PretendBroker broker = new PretendBroker(seen -> seen.is("PUBLISH") ? List.of() : usual())) {
            assertThat(register(broker, PUMP, PATIENCE.within(Duration.ofMillis(1500)))
                            .ending())
                    .isEqualTo(new Ending.Lost("no answer within 1500 ms"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$dps/registrations/res/200/?$rid=2",
                "$dps/registrations/res/200/?retry-after=3&$rid=1",
                "$dps/registrations/res/200/",
                "$dps/registrations/res/20x/?$rid=1",
                "$dps/registrations/other/200/?$rid=1"
            })
    void an_answer_on_another_topic_is_a_loss(String topic) throws Exception {
        try (PretendBroker broker = serving(_ -> say(topic, PretendDps.assigned("pump-1")))) {
            assertThat(register(broker, PUMP, PATIENCE).ending()).isInstanceOf(Ending.Lost.class);
        }
    }

    @Test
    void a_retained_answer_is_a_loss() throws Exception {
        byte[] body = PretendDps.assigned("pump-1").getBytes(StandardCharsets.UTF_8);
        try (PretendBroker broker =
                serving(_ -> new Reaction.Say("$dps/registrations/res/200/?$rid=1", body, 0, true))) {
            assertThat(register(broker, PUMP, PATIENCE).ending())
                    .isEqualTo(new Ending.Lost("the answer is a retained message"));
        }
    }

    @Test
    void a_second_answer_to_one_request_is_a_loss() throws Exception {
        Script twice = seen -> seen.is("PUBLISH") ? List.of(assigning(seen, "2"), assigned(seen)) : usual();
        try (PretendBroker broker = new PretendBroker(twice)) {
            assertThat(register(broker, PUMP, PATIENCE).ending())
                    .isEqualTo(new Ending.Lost("a message came that nobody asked for"));
        }
    }

    @Test
    void an_answer_about_another_device_is_a_loss() throws Exception {
        try (PretendBroker broker = serving(request -> answer(request, 200, "", PretendDps.assigned("pump-9")))) {
            assertThat(register(broker, PUMP, PATIENCE).ending())
                    .isEqualTo(new Ending.Lost("the answer is about another registration id"));
        }
    }

    private static PretendBroker serving(Function<Seen, Reaction> dps) throws Exception {
        return new PretendBroker(script(dps));
    }

    private static Script script(Function<Seen, Reaction> dps) {
        return seen -> seen.is("PUBLISH") ? List.of(dps.apply(seen)) : usual();
    }

    private static boolean isPoll(Seen request) {
        return request.topic().contains("/GET/");
    }

    private static Reaction assigned(Seen request) {
        return answer(request, 200, "", PretendDps.assigned(request.guest().clientId()));
    }

    private static Reaction assigning(Seen request, String retryAfter) {
        return answer(request, 202, "&retry-after=" + retryAfter, ASSIGNING);
    }

    private static Reaction answer(Seen request, int status, String parameters, String body) {
        String rid = request.topic().replaceFirst("^.*\\$rid=([^&]*).*$", "$1");
        return say("$dps/registrations/res/" + status + "/?$rid=" + rid + parameters, body);
    }

    private static Registration register(PretendBroker broker, Device device, Patience patience) throws Exception {
        Target target = new Target(broker.address(), broker.anchorPem(), "acme");
        try (DpsMqttClient client = new DpsMqttClient(target, patience, new DpsJudge(), 1)) {
            CompletableFuture<Registration> done = new CompletableFuture<>();
            client.register(device, System.nanoTime(), done::complete);
            return done.get(60, TimeUnit.SECONDS);
        }
    }
}
