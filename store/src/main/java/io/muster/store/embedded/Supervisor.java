package io.muster.store.embedded;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one server running: starts it, waits until it answers, and starts it again when it dies.
///
/// All starts happen on one platform thread that lives as long as the server: the system tells the server to stop
/// when the thread that started it ends (see Launch), and a virtual thread's carrier may end at any time.
final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration KNOCK_EVERY = Duration.ofMillis(20);
    private static final Duration SAY_SO_EVERY = Duration.ofSeconds(10);
    private static final Duration FIRST_START_LIMIT = Duration.ofMinutes(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final Server server;
    private final CountDownLatch stopRequested = new CountDownLatch(1);
    private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();
    private final Thread keeper;
    private final Object turnstile = new Object();
    private @Nullable Process process;
    private volatile Health health = new Health.Down("starting", Instant.now());

    private Supervisor(Server server) {
        this.server = server;
        this.keeper = Thread.ofPlatform().daemon().name("postgres-keeper").unstarted(this::keepRunning);
    }

    /// Returns when the server answers for the first time.
    static Supervisor start(Server server) {
        Supervisor supervisor = new Supervisor(server);
        supervisor.keeper.start();
        try {
            supervisor.firstAnswer.join();
            return supervisor;
        } catch (CompletionException e) {
            supervisor.stop();
            throw e.getCause() instanceof CannotRun obstacle ? obstacle : e;
        }
    }

    Health health() {
        return health;
    }

    long pid() {
        synchronized (turnstile) {
            return process == null ? -1 : process.pid();
        }
    }

    /// Stops the server and waits for its end.
    void stop() {
        Process last;
        synchronized (turnstile) {
            stopRequested.countDown();
            last = process;
        }
        if (last != null && last.isAlive()) {
            end(last);
        }
        try {
            keeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process process) {
        try {
            if (Signal.stop(process.pid(), process::isAlive)) {
                return;
            }
        } catch (IOException e) {
            LOG.warn("PostgreSQL could not be told to stop: {}", e.getMessage());
        }
        LOG.warn("PostgreSQL did not stop when told to, and was killed; the next start recovers its data");
        process.destroyForcibly();
    }

    private void keepRunning() {
        Duration pause = FIRST_PAUSE;
        while (!stopping()) {
            long start = System.nanoTime();
            String trouble = runOnce();
            if (stopping() || firstAnswer.isCompletedExceptionally()) {
                break;
            }
            pause = since(start).compareTo(STEADY) > 0 ? FIRST_PAUSE : pause;
            LOG.warn(
                    "{}; it starts again in {} ms (see {})",
                    trouble,
                    pause.toMillis(),
                    server.home().log());
            health = new Health.Down(trouble, Instant.now());
            waitFor(pause);
            pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
        health = new Health.Stopped();
        firstAnswer.completeExceptionally(new IllegalStateException("stopped before the first answer"));
    }

    /// One life of the server's process. The result says in words how it ended.
    private String runOnce() {
        try {
            @Nullable Process started = spawn();
            if (started == null) {
                return "PostgreSQL was told to stop";
            }
            if (answers(started)) {
                health = new Health.Up(Instant.now());
                firstAnswer.complete(null);
            }
            int code = started.onExit().join().exitValue();
            failFirstStart(new Obstacle.NotStarted(
                    LastWords.in(server.home().log()), server.home().log()));
            return "PostgreSQL ended by itself with code " + code;
        } catch (IOException e) {
            failFirstStart(new Obstacle.FileTrouble("Starting PostgreSQL", e.toString()));
            return "PostgreSQL could not be started: " + e.getMessage();
        }
    }

    private void failFirstStart(Obstacle obstacle) {
        firstAnswer.completeExceptionally(new CannotRun(obstacle));
    }

    private @Nullable Process spawn() throws IOException {
        synchronized (turnstile) {
            process = stopping() ? null : server.spawn();
            return process;
        }
    }

    /// Knocks until the server answers, its process ends, or Muster stops.
    private boolean answers(Process started) {
        long start = System.nanoTime();
        Duration nextWord = SAY_SO_EVERY;
        while (started.isAlive() && !stopping()) {
            Server.Answer answer = server.knock();
            if (answer == Server.Answer.READY) {
                return true;
            }
            if (!firstAnswer.isDone() && hopeless(answer, since(start))) {
                end(started);
                return false;
            }
            if (since(start).compareTo(nextWord) > 0) {
                LOG.info("Waiting for PostgreSQL for {} s now: {}", since(start).toSeconds(), answer);
                nextWord = nextWord.plus(SAY_SO_EVERY);
            }
            waitFor(KNOCK_EVERY);
        }
        return false;
    }

    private boolean hopeless(Server.Answer answer, Duration waited) {
        if (answer == Server.Answer.PASSWORD_REFUSED) {
            failFirstStart(new Obstacle.PasswordRefused(server.home().password()));
            return true;
        }
        return waited.compareTo(FIRST_START_LIMIT) > 0;
    }

    private boolean stopping() {
        return stopRequested.getCount() == 0;
    }

    private void waitFor(Duration pause) {
        try {
            boolean stop = stopRequested.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            LOG.trace("Waited {}, stop requested: {}", pause, stop);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts the keeper", e);
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
