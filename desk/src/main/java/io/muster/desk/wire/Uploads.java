package io.muster.desk.wire;

import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Operation;
import io.muster.desk.exchange.Reply;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.InputStream;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Leads a request whose body is a large file past the bounds of all others: the operation answers before the body is
/// read, and where it agrees, the body goes piece by piece to where it is stored.
public final class Uploads implements Handler<RoutingContext> {

    /// Takes the body of a request that the operation agreed to.
    @FunctionalInterface
    public interface Taking {
        /// @param agreed what the operation answered
        /// @param length that the request says it has, in bytes; -1: it does not say
        Reply take(Call call, Reply agreed, InputStream body, long length);
    }

    private static final long LINGER_MILLIS = 2_000;

    private final Operation operation;
    private final Taking taking;
    private final Answers answers;
    private final ExecutorService virtualThreads;

    public Uploads(Operation operation, Taking taking, Answers answers, ExecutorService virtualThreads) {
        this.operation = operation;
        this.taking = taking;
        this.answers = answers;
        this.virtualThreads = virtualThreads;
    }

    @Override
    public void handle(RoutingContext request) {
        Context loop = request.vertx().getOrCreateContext();
        Body body = new Body(request.request(), loop);
        Call call = Conversation.call(request);
        long length = length(request.request().getHeader(HttpHeaders.CONTENT_LENGTH));
        virtualThreads.execute(() -> {
            Reply agreed = Conversation.answer(operation, call);
            Reply reply = agreed.status() / 100 == 2
                    ? Conversation.answer(it -> taking.take(it, agreed, body, length), call)
                    : agreed;
            loop.runOnContext(_ -> send(request, reply));
        });
    }

    /// Whoever is refused may still be sending: what comes is thrown away for a moment, so that the answer is read,
    /// and then the connection ends.
    private void send(RoutingContext request, Reply reply) {
        boolean refused = reply.status() / 100 != 2;
        if (refused) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        answers.send(request, reply);
        if (refused && !request.request().isEnded()) {
            request.request()
                    .handler(_ -> {})
                    .endHandler(_ -> {})
                    .exceptionHandler(_ -> {})
                    .resume();
            request.vertx()
                    .setTimer(LINGER_MILLIS, _ -> request.request().connection().close());
        }
    }

    private static long length(@Nullable String said) {
        try {
            return said == null ? -1 : Long.parseLong(said);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
