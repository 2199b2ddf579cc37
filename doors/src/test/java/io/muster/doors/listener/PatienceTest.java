package io.muster.doors.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.muster.doors.testkit.Caller;
import io.muster.doors.testkit.TestPki;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Slow callers, many callers, and a listener that goes home.
class PatienceTest {

    private static final String GET = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final TimeLimits RELAXED = new TimeLimits(LONG, LONG, LONG, LONG);

    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private Transport transport;
    private ServerTls tls;

    @BeforeEach
    void open() throws Exception {
        transport = Transport.open();
        tls = new ServerTls(TestPki.server("muster"));
    }

    @AfterEach
    void close() {
        release.countDown();
        tls.close();
        transport.close();
    }

    @Test
    void a_handshake_that_does_not_begin_is_cut() throws Exception {
        try (Listener listener = listener(new TimeLimits(SHORT, LONG, LONG, LONG), 100);
                Socket socket = new Socket(
                        listener.address().getAddress(), listener.address().getPort())) {
            socket.setSoTimeout(10_000);
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    @Test
    void a_head_that_does_not_end_is_408_even_if_bytes_keep_coming() throws Exception {
        try (Listener listener = listener(new TimeLimits(LONG, SHORT, LONG, LONG), 100);
                Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            caller.send("GET /echo HTTP/1.1\r\nHost: x\r\n");
            AtomicBoolean answered = new AtomicBoolean();
            Thread.startVirtualThread(() -> drip(caller, answered));
            assertThat(caller.read().status()).isEqualTo(408);
            answered.set(true);
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void a_body_that_does_not_end_is_408() throws Exception {
        try (Listener listener = listener(new TimeLimits(LONG, LONG, SHORT, LONG), 100);
                Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            caller.send("PUT /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
            assertThat(caller.read().status()).isEqualTo(408);
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void an_idle_connection_is_closed_without_a_word() throws Exception {
        try (Listener listener = listener(new TimeLimits(LONG, LONG, LONG, SHORT), 100);
                Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            assertThat(caller.exchange(GET).status()).isEqualTo(200);
            assertThat(caller.closedByServer()).isTrue();
        }
    }

    @Test
    void a_door_may_take_longer_than_every_limit_of_the_caller() throws Exception {
        try (Listener listener = listener(new TimeLimits(SHORT, SHORT, SHORT, SHORT), 100);
                Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
            caller.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
            await().until(() -> inside.get() == 1);
            await().pollDelay(SHORT.multipliedBy(2)).until(() -> true);
            release.countDown();
            assertThat(caller.read().status()).isEqualTo(200);
        }
    }

    @Test
    void two_hundred_idle_connections_hold_no_thread() throws Exception {
        List<Caller> callers = new ArrayList<>();
        try (Listener listener = listener(RELAXED, 1_000)) {
            int before = Thread.activeCount();
            for (int i = 0; i < 200; i++) {
                callers.add(Caller.anonymous(listener.address(), "TLSv1.3"));
            }
            assertThat(Thread.activeCount() - before).isLessThan(10);
            assertThat(listener.connections()).isEqualTo(200);
            assertThat(callers.get(100).exchange(GET).status()).isEqualTo(200);
        } finally {
            for (Caller caller : callers) {
                caller.close();
            }
        }
    }

    @Test
    void many_callers_at_once_are_all_answered() throws Exception {
        int callers = Boolean.getBoolean("muster.test.full") ? 2_000 : 200;
        TestPki.Holder holder = TestPki.client("pump", 1);
        try (Listener listener = listener(RELAXED, 10_000);
                ExecutorService threads = Executors.newFixedThreadPool(32)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                String protocol = i % 2 == 0 ? "TLSv1.2" : "TLSv1.3";
                answers.add(threads.submit(() -> {
                    try (Caller caller = Caller.with(holder, listener.address(), protocol)) {
                        return caller.exchange(GET).status()
                                + caller.exchange(GET).status();
                    }
                }));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(400);
            }
            await().until(() -> listener.connections() == 0);
        }
    }

    @Test
    void what_cannot_be_taken_waits_in_the_accept_queue() throws Exception {
        try (Listener listener = listener(RELAXED, 2);
                Caller first = Caller.anonymous(listener.address(), "TLSv1.3");
                Caller second = Caller.anonymous(listener.address(), "TLSv1.3");
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(second.exchange(GET).status()).isEqualTo(200);
            Future<Integer> third = thread.submit(() -> {
                try (Caller caller = Caller.anonymous(listener.address(), "TLSv1.3")) {
                    return caller.exchange(GET).status();
                }
            });
            await().during(Duration.ofMillis(200)).until(() -> listener.connections() == 2 && !third.isDone());
            first.close();
            assertThat(third.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        }
    }

    @Test
    void closing_lets_begun_requests_finish_and_takes_no_new_ones() throws Exception {
        Listener listener = listener(RELAXED, 100);
        try (Caller busy = Caller.anonymous(listener.address(), "TLSv1.3");
                Caller idle = Caller.anonymous(listener.address(), "TLSv1.3");
                ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(idle.exchange(GET).status()).isEqualTo(200);
            busy.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
            await().until(() -> inside.get() == 1);

            Future<?> closing = thread.submit(() -> listener.close(LONG));

            assertThat(idle.closedByServer()).isTrue();
            assertThat(listener.serving()).isFalse();
            assertThat(closing.isDone()).isFalse();
            release.countDown();
            Caller.Answer answer = busy.read();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("connection")).isEqualTo("close");
            closing.get(10, TimeUnit.SECONDS);
            assertThat(listener.connections()).isZero();
        }
    }

    @Test
    void closing_does_not_wait_forever() throws Exception {
        Listener listener = listener(RELAXED, 100);
        try (Caller busy = Caller.anonymous(listener.address(), "TLSv1.3")) {
            busy.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
            await().until(() -> inside.get() == 1);
            listener.close(SHORT);
            assertThat(busy.closedByServer()).isTrue();
        }
    }

    private Listener listener(TimeLimits times, int connections) throws Exception {
        SizeLimits usual = SizeLimits.usual();
        return Listener.open(
                transport,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                tls,
                List.of(this::waits, new EchoDoor()),
                new SizeLimits(usual.requestLine(), usual.headers(), usual.body(), connections, usual.pipelined()),
                times);
    }

    /// A door that blocks until the test lets go.
    private Optional<HttpAnswer> waits(HttpExchange exchange) {
        if (!exchange.target().segments().equals(List.of("wait"))) {
            return Optional.empty();
        }
        inside.incrementAndGet();
        try {
            boolean released = release.await(30, TimeUnit.SECONDS);
            return Optional.of(HttpAnswer.sentence(released ? 200 : 500, "done"));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends one more field now and then, for as long as the server lets it.
    private static void drip(Caller caller, AtomicBoolean answered) {
        try {
            await().pollInterval(Duration.ofMillis(20)).until(() -> {
                caller.send("A: b\r\n");
                return answered.get();
            });
        } catch (Exception _) {
            // The server has cut the drip, as it should.
        }
    }
}
