package io.muster.desk.gate;

import io.muster.core.ledger.LedgerUnavailable;
import io.muster.desk.wire.Callers;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a gate lets a request wait for: that the database knows its caller, or, where nobody does, some time.
final class Aside {

    private static final Logger LOG = LoggerFactory.getLogger(Aside.class);

    private final ExecutorService virtualThreads;

    Aside(ExecutorService virtualThreads) {
        this.virtualThreads = virtualThreads;
    }

    /// The database is asked on a virtual thread; meanwhile nothing more is read of the request.
    void ask(
            RoutingContext request,
            Supplier<LogIn.Welcome> question,
            Consumer<LogIn.Welcome> answer,
            Runnable unavailable) {
        Context loop = request.vertx().getOrCreateContext();
        request.request().pause();
        virtualThreads.execute(() -> {
            Runnable then = outcome(request, question, answer, unavailable);
            loop.runOnContext(_ -> {
                request.request().resume();
                then.run();
            });
        });
    }

    private static Runnable outcome(
            RoutingContext request,
            Supplier<LogIn.Welcome> question,
            Consumer<LogIn.Welcome> answer,
            Runnable unavailable) {
        try {
            LogIn.Welcome welcome = question.get();
            return () -> answer.accept(welcome);
        } catch (LedgerUnavailable e) {
            LOG.warn("Nobody can be known at the desk: {}", e.getMessage());
            return unavailable;
        } catch (RuntimeException e) {
            return () -> request.fail(500, e);
        }
    }

    /// A refusal after a wait that grows with each from the same address, or at once where too many wait already.
    void slowly(RoutingContext request, FailedLogins failedLogins, Runnable refusal, Consumer<Duration> turnedAway) {
        switch (failedLogins.failed(Callers.address(request))) {
            case FailedLogins.Penalty.Wait wait ->
                request.vertx().setTimer(wait.time().toMillis(), _ -> {
                    failedLogins.answered();
                    refusal.run();
                });
            case FailedLogins.Penalty.TurnedAway away -> turnedAway.accept(away.retryAfter());
        }
    }
}
