package io.muster.desk;

import io.muster.desk.dps.AzureError;
import io.muster.desk.exchange.StrictJson;
import io.muster.desk.gate.BearerToken;
import io.muster.desk.gate.FailedLogins;
import io.muster.desk.gate.Gate;
import io.muster.desk.gate.SharedAccessGate;
import io.muster.desk.wire.Answers;
import io.muster.desk.wire.ClientCertificates;
import io.muster.desk.wire.Contract;
import io.muster.desk.wire.CurrentIdentity;
import io.muster.desk.wire.ServerIdentity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The admin API, served over HTTPS until it is closed.
public final class Desk implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(20);
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final HttpServer server;
    private final CurrentIdentity identity;
    private final ExecutorService virtualThreads;
    private final FailedLogins failedLogins;

    private Desk(
            Vertx vertx,
            HttpServer server,
            CurrentIdentity identity,
            ExecutorService virtualThreads,
            FailedLogins failedLogins) {
        this.vertx = vertx;
        this.server = server;
        this.identity = identity;
        this.virtualThreads = virtualThreads;
        this.failedLogins = failedLogins;
    }

    /// Opens the desk; when this returns, it serves.
    public static Desk open(DeskSettings settings, ServerIdentity first, BearerToken token, Operations operations) {
        Vertx vertx = Vertx.vertx(quiet());
        ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            CurrentIdentity identity = new CurrentIdentity(first);
            FailedLogins failedLogins = new FailedLogins(Clock.systemUTC());
            Answers answers = new Answers(new StrictJson());
            Gate gate = new Gate(token, operations.logIn(), failedLogins, answers, virtualThreads);
            Answers azure =
                    new Answers(new StrictJson(), (reply, request) -> AzureError.of(reply, request, Clock.systemUTC()));
            SharedAccessGate serviceGate =
                    new SharedAccessGate(operations.logIn(), failedLogins, azure, virtualThreads, Clock.systemUTC());
            var service = new ServicePaths(serviceGate, azure, virtualThreads, operations.service());
            var paths = new Paths(vertx, Contract.read(), answers, virtualThreads);
            HttpServer server = vertx.createHttpServer(secure(identity))
                    .requestHandler(await(paths.lead(gate, service, operations), LONGEST_START));
            await(
                    server.listen(settings.port(), settings.host()).recover(cause -> taken(settings, cause)),
                    LONGEST_START);
            return new Desk(vertx, server, identity, virtualThreads, failedLogins);
        } catch (RuntimeException e) {
            virtualThreads.shutdownNow();
            await(vertx.close(), LONGEST_DRAIN);
            throw e;
        }
    }

    /// The port that it serves on.
    public int port() {
        return server.actualPort();
    }

    /// From now on, new connections see this identity.
    public void use(ServerIdentity next) {
        identity.use(next);
    }

    /// Requests without a valid key since the start.
    public long failedLogins() {
        return failedLogins.total();
    }

    /// Takes no new request, lets those under way end within five seconds, and stops.
    @Override
    public void close() {
        try {
            await(server.shutdown(LONGEST_DRAIN.toMillis(), TimeUnit.MILLISECONDS), LONGEST_DRAIN.plusSeconds(2));
        } finally {
            virtualThreads.shutdownNow();
            await(vertx.close(), LONGEST_DRAIN);
        }
    }

    /// Few threads: the work is done on virtual ones.
    private static VertxOptions quiet() {
        return new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(2)
                .setDisableTCCL(true);
    }

    private static HttpServerOptions secure(CurrentIdentity identity) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(KeyCertOptions.wrap(identity))
                .setClientAuth(ClientAuth.REQUEST)
                .setTrustOptions(TrustOptions.wrap(new ClientCertificates()))
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setSslHandshakeTimeout(10)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(60)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxInitialLineLength(8 * 1024)
                .setMaxHeaderSize(16 * 1024)
                .setHandle100ContinueAutomatically(true);
    }

    private static Future<HttpServer> taken(DeskSettings settings, Throwable cause) {
        return Future.failedFuture(new IllegalStateException(
                "cannot listen on " + settings.host() + ":" + settings.port()
                        + ". Another program may hold the port: stop it, or set desk.port to another one.",
                cause));
    }

    private static <T> T await(Future<T> future, Duration longest) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("The desk failed: " + cause.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The desk did not answer within " + longest.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the desk", e);
        }
    }
}
