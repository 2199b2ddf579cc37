package io.muster.desk.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Operation;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Leads one request through an operation: the operation runs on a virtual thread of its own and may block; the answer
/// is written on the request's event loop. No request ever waits for another one.
public final class Conversation {

    /// Under this key the strictly read body waits, where there is one.
    static final String BODY = "muster.body";

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);

    private final Answers answers;
    private final ExecutorService virtualThreads;

    public Conversation(Answers answers, ExecutorService virtualThreads) {
        this.answers = answers;
        this.virtualThreads = virtualThreads;
    }

    public Handler<RoutingContext> about(Operation operation) {
        return request -> {
            Context loop = request.vertx().getOrCreateContext();
            Call call = call(request);
            virtualThreads.execute(() -> {
                Reply reply = answer(operation, call);
                loop.runOnContext(_ -> answers.send(request, reply));
            });
        };
    }

    static Call call(RoutingContext request) {
        Map<String, String> query = request.queryParams().entries().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, _) -> first));
        JsonNode body = request.get(BODY);
        return new Call(
                Callers.of(request), request.pathParams(), query, body == null ? MissingNode.getInstance() : body);
    }

    /// Whatever is logged meanwhile carries the request's number.
    static Reply answer(Operation operation, Call call) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("request", call.caller().request())) {
            return operation.answer(call);
        } catch (LedgerUnavailable e) {
            LOG.warn("An admin request could not be served: {}", e.getMessage());
            return Reply.refused(Problem.of(
                    ProblemKind.UNAVAILABLE,
                    "The database cannot be reached or cannot write.",
                    "Try again; GET /health/ready says what does not serve."));
        } catch (RuntimeException e) {
            String reference =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            LOG.error("An admin request failed; reference {}", reference, e);
            return Reply.refused(Problem.internal(reference));
        }
    }
}
