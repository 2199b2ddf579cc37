package io.muster.fleet.dps;

import static io.muster.fleet.dps.PretendDps.Answer;
import static io.muster.fleet.dps.PretendDps.assigned;
import static io.muster.fleet.dps.PretendDps.idIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DpsClientTest {

    private static final Maker MAKER = Maker.found("Acme");
    private static final X509Device PUMP = MAKER.make("pump-1");
    private static final Patience PATIENCE = Patience.once().within(Duration.ofSeconds(10));

    @Test
    void a_device_that_is_assigned_at_once_is_enrolled() throws Exception {
        try (PretendDps server = new PretendDps(request -> Answer.json(200, assigned(idIn(request))))) {
            Registration registration = register(server.target(), PUMP, PATIENCE);

            assertThat(registration.ending()).isEqualTo(new Ending.Enrolled("pump-1", "hub.example.com"));
            assertThat(registration.latency()).isPositive();
            PretendDps.Seen request = server.seen().getFirst();
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/acme/registrations/pump-1/register?api-version=2019-03-31");
            assertThat(request.body()).isEqualTo("{\"registrationId\":\"pump-1\"}");
            assertThat(request.headers())
                    .containsEntry("Content-Type", "application/json; charset=utf-8")
                    .doesNotContainKey("Authorization");
        }
    }

    @Test
    void the_device_presents_its_own_certificate_and_the_intermediate() throws Exception {
        try (PretendDps server = new PretendDps(request -> Answer.json(200, assigned(idIn(request))))) {
            X509Device other = MAKER.make("pump-2");
            register(server.target(), PUMP, PATIENCE);
            register(server.target(), other, PATIENCE);

            List<Certificate> first = server.seen().get(0).shown();
            List<Certificate> second = server.seen().get(1).shown();
            assertThat(first).hasSize(2);
            assertThat(first.get(0).getEncoded()).isEqualTo(PUMP.certificate());
            assertThat(second.get(0).getEncoded()).isEqualTo(other.certificate());
            assertThat(((X509Certificate) first.get(1))
                            .getSubjectX500Principal()
                            .getName())
                    .isEqualTo("CN=Acme Device CA");
        }
    }

    @Test
    void a_symmetric_device_shows_a_token_and_no_certificate() throws Exception {
        try (PretendDps server = new PretendDps(request -> Answer.json(200, assigned(idIn(request))))) {
            Device meter = GroupKey.fromBase64("c2VjcmV0LWdyb3VwLWtleQ==").make("meter-1");

            assertThat(register(server.target(), meter, PATIENCE).ending()).isInstanceOf(Ending.Enrolled.class);
            assertThat(server.seen().getFirst().shown()).isEmpty();
            assertThat(server.seen().getFirst().headers().get("Authorization"))
                    .startsWith("SharedAccessSignature sr=acme/registrations/meter-1&sig=");
        }
    }

    @Test
    void a_deferred_device_polls_after_the_pause_that_the_server_names() throws Exception {
        Answer deferred = new Answer(
                202,
                "application/json",
                Map.of("Retry-After", "1"),
                "{\"operationId\":\"op-7\",\"status\":\"assigning\"}");
        try (PretendDps server = new PretendDps(
                request -> request.method().equals("PUT") ? deferred : Answer.json(200, assigned(idIn(request))))) {
            Registration registration = register(server.target(), PUMP, PATIENCE);

            assertThat(registration.ending()).isInstanceOf(Ending.Enrolled.class);
            assertThat(registration.latency()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(server.seen().getLast().path())
                    .isEqualTo("/acme/registrations/pump-1/operations/op-7?api-version=2019-03-31");
        }
    }

    @Test
    void a_deferred_device_connects_again_when_the_server_closed_meanwhile() throws Exception {
        Answer deferred = new Answer(
                202,
                "application/json",
                Map.of("Retry-After", "0", "Connection", "close"),
                "{\"operationId\":\"op-7\",\"status\":\"assigning\"}");
        AtomicInteger polls = new AtomicInteger();
        try (PretendDps server = new PretendDps(request -> {
            if (request.method().equals("PUT")) {
                return deferred;
            }
            return polls.incrementAndGet() == 1 ? Answer.hangUp() : Answer.json(200, assigned(idIn(request)));
        })) {
            Registration registration = register(server.target(), PUMP, Patience.tries(2));

            assertThat(registration.ending()).isInstanceOf(Ending.Enrolled.class);
            assertThat(server.seen()).extracting(PretendDps.Seen::method).containsExactly("PUT", "GET", "GET");
        }
    }

    @Test
    void a_device_that_stays_deferred_gives_up() throws Exception {
        Answer deferred = new Answer(
                202,
                "application/json",
                Map.of("Retry-After", "0"),
                "{\"operationId\":\"op-7\",\"status\":\"assigning\"}");
        try (PretendDps server = new PretendDps(_ -> deferred)) {
            Patience threePolls = new Patience(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(5), 3);

            assertThat(register(server.target(), PUMP, threePolls).ending())
                    .isEqualTo(new Ending.Lost("still deferred after 3 polls"));
            assertThat(server.seen()).hasSize(4);
        }
    }

    @Test
    void a_refusal_carries_the_servers_code() throws Exception {
        String body = "{\"errorCode\":401002,\"trackingId\":\"t\",\"message\":\"Unauthorized\"}";
        try (PretendDps server = new PretendDps(_ -> Answer.json(401, body))) {
            assertThat(register(server.target(), PUMP, Patience.tries(3)).ending())
                    .isEqualTo(new Ending.Refused(401, "401002", "Unauthorized"));
            assertThat(server.seen()).as("a refusal is final").hasSize(1);
        }
    }

    @Test
    void an_assignment_that_failed_is_a_refusal() throws Exception {
        String body = "{\"operationId\":\"\",\"status\":\"failed\","
                + "\"registrationState\":{\"status\":\"failed\",\"errorCode\":403001,\"errorMessage\":\"blocked\"}}";
        try (PretendDps server = new PretendDps(_ -> Answer.json(200, body))) {
            assertThat(register(server.target(), PUMP, PATIENCE).ending())
                    .isEqualTo(new Ending.Refused(200, "403001", "blocked"));
        }
    }

    @Test
    void a_device_that_the_server_knew_is_reenrolled() throws Exception {
        String migrated = assigned("pump-1", "deviceDataMigrated", "2026-01-01T00:00:00.0000000Z");
        String later = assigned("pump-1", "initialAssignment", "2026-01-02T00:00:00.0000000Z");
        assertThat(endingOf(Answer.json(200, migrated))).isInstanceOf(Ending.Reenrolled.class);
        assertThat(endingOf(Answer.json(200, later))).isInstanceOf(Ending.Reenrolled.class);
    }

    @Test
    void a_connection_closed_without_an_answer_is_a_loss() throws Exception {
        assertThat(endingOf(Answer.hangUp())).isEqualTo(new Ending.Lost("closed without an answer"));
    }

    @Test
    void a_lost_answer_is_asked_for_again_where_patience_allows() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (PretendDps server = new PretendDps(request ->
                requests.incrementAndGet() < 3 ? Answer.hangUp() : Answer.json(200, assigned(idIn(request))))) {
            Patience patience = new Patience(3, Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofSeconds(10), 1);

            assertThat(register(server.target(), PUMP, patience).ending()).isInstanceOf(Ending.Enrolled.class);
        }
    }

    @Test
    void an_overloaded_server_is_asked_again_and_then_believed() throws Exception {
        try (PretendDps server = new PretendDps(_ -> Answer.json(503, "{\"errorCode\":503001}"))) {
            Patience patience = new Patience(2, Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofSeconds(10), 1);

            assertThat(register(server.target(), PUMP, patience).ending())
                    .isEqualTo(new Ending.Refused(503, "503001", ""));
            assertThat(server.seen()).hasSize(2);
        }
    }

    @Test
    void silence_ends_after_the_time_for_a_request() throws Exception {
        try (PretendDps server = new PretendDps(_ -> Answer.silence())) {
            Patience hasty = Patience.once().within(Duration.ofMillis(1500));

            assertThat(register(server.target(), PUMP, hasty).ending())
                    .isEqualTo(new Ending.Lost("no answer within 1500 ms"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"assigned\"}",
                "{\"operationId\":\"\",\"status\":\"assigned\"}",
                "{\"operationId\":\"\",\"status\":\"unassigned\"}",
                "{\"operationId\":\"\",\"status\":\"assigning\"}",
                "{\"operationId\":\"\",\"status\":\"assigned\",\"registrationState\":{\"status\":\"assigned\","
                        + "\"registrationId\":\"pump-9\",\"deviceId\":\"pump-9\",\"assignedHub\":\"h\"}}",
                "{\"operationId\":\"\",\"status\":\"assigned\",\"registrationState\":{\"status\":\"assigned\","
                        + "\"registrationId\":\"pump-1\",\"deviceId\":\"pump-1\",\"assignedHub\":\"\"}}",
                "{\"operationId\":\"\",\"status\":\"assigned\",\"registrationState\":{\"status\":\"assigned\","
                        + "\"registrationId\":\"pump-1\",\"assignedHub\":\"h\"}}",
                "not json",
                ""
            })
    void an_answer_that_does_not_verify_is_a_loss(String body) throws Exception {
        assertThat(endingOf(Answer.json(200, body))).isInstanceOf(Ending.Lost.class);
    }

    @Test
    void an_answer_of_another_content_type_is_a_loss() throws Exception {
        Answer html = new Answer(200, "text/html", Map.of(), assigned("pump-1"));
        assertThat(endingOf(html)).isEqualTo(new Ending.Lost("content type is 'text/html', not application/json"));
    }

    @Test
    void an_answer_beyond_the_limit_is_a_loss() throws Exception {
        assertThat(endingOf(Answer.json(200, " ".repeat(70_000)))).isInstanceOf(Ending.Lost.class);
    }

    @Test
    void a_server_that_the_device_does_not_trust_gets_no_request() throws Exception {
        try (PretendDps server = new PretendDps(request -> Answer.json(200, assigned(idIn(request))))) {
            Target distrustful = new Target(server.target().base(), MAKER.rootPem(), "acme");

            assertThat(register(distrustful, PUMP, PATIENCE).ending())
                    .isInstanceOfSatisfying(
                            Ending.Lost.class, lost -> assertThat(lost.reason()).startsWith("TLS handshake failed"));
            assertThat(server.seen()).isEmpty();
        }
    }

    @Test
    void a_server_of_another_name_gets_no_request() throws Exception {
        try (PretendDps server = new PretendDps(request -> Answer.json(200, assigned(idIn(request))))) {
            Target right = server.target();
            URI misnamed = URI.create("https://127.0.0.2:" + right.base().getPort());
            Target wrong = new Target(misnamed, right.trustAnchorPem(), "acme");

            assertThat(register(wrong, PUMP, PATIENCE).ending()).isInstanceOf(Ending.Lost.class);
            assertThat(server.seen()).isEmpty();
        }
    }

    @Test
    void nobody_there_is_a_loss() throws Exception {
        Target gone;
        try (ServerSocket passing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("https://127.0.0.1:" + passing.getLocalPort());
            gone = new Target(address, MAKER.rootPem(), "acme");
        }
        assertThat(register(gone, PUMP, PATIENCE).ending())
                .isInstanceOfSatisfying(
                        Ending.Lost.class, lost -> assertThat(lost.reason()).startsWith("no connection"));
    }

    private static Ending endingOf(Answer answer) throws Exception {
        Function<PretendDps.Seen, Answer> script = _ -> answer;
        try (PretendDps server = new PretendDps(script)) {
            return register(server.target(), PUMP, PATIENCE).ending();
        }
    }

    private static Registration register(Target target, Device device, Patience patience) throws Exception {
        try (DpsClient client = new DpsClient(target, patience, new DpsJudge(), 1)) {
            CompletableFuture<Registration> done = new CompletableFuture<>();
            client.register(device, System.nanoTime(), done::complete);
            return done.get(30, TimeUnit.SECONDS);
        }
    }
}
