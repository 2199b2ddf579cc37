package io.muster.desk;

import io.muster.desk.dps.ServiceApi;
import io.muster.desk.exchange.Reply;
import io.muster.desk.exchange.StrictJson;
import io.muster.desk.gate.SharedAccessGate;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.wire.Answers;
import io.muster.desk.wire.Bodies;
import io.muster.desk.wire.Conversation;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leads each request of Azure's service API past its own gate to its operation. Nothing leaves in another form than
/// Azure's.
final class ServicePaths {

    private static final Logger LOG = LoggerFactory.getLogger(ServicePaths.class);
    private static final String ALL = "/(?:enrollments|enrollmentGroups|registrations)(?:/.*)?";
    private static final long LARGEST_BODY_BYTES = 256 * 1024;
    private static final long LONGEST_REQUEST_MILLIS = 30_000;

    private final SharedAccessGate gate;
    private final Answers answers;
    private final ExecutorService virtualThreads;
    private final ServiceApi api;

    ServicePaths(SharedAccessGate gate, Answers answers, ExecutorService virtualThreads, ServiceApi api) {
        this.gate = gate;
        this.answers = answers;
        this.virtualThreads = virtualThreads;
        this.api = api;
    }

    /// To be called before any other path is led: the desk's gate would want another key.
    void lead(Router router) {
        Conversation conversation = new Conversation(answers, virtualThreads);
        all(router).handler(TimeoutHandler.create(LONGEST_REQUEST_MILLIS, 503));
        all(router).handler(Paths::prepare);
        all(router).handler(gate);
        all(router).handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY_BYTES));
        all(router).handler(new Bodies(new StrictJson(), answers));
        for (ServiceApi.Route route : api.routes()) {
            router.route(HttpMethod.valueOf(route.method()), route.path())
                    .handler(conversation.about(route.operation()))
                    .failureHandler(this::failed);
        }
        all(router).handler(request -> refuse(request, ProblemKind.NOT_FOUND, "The service API has no such path."));
    }

    private Route all(Router router) {
        return router.routeWithRegex(ALL).failureHandler(this::failed);
    }

    private void failed(RoutingContext request) {
        switch (request.statusCode()) {
            case 413 ->
                refuse(
                        request,
                        ProblemKind.BODY_TOO_LARGE,
                        "The body is larger than " + LARGEST_BODY_BYTES / 1024 + " KiB.");
            case 503 -> refuse(request, ProblemKind.UNAVAILABLE, "The request took longer than 30 seconds.");
            case 400 -> refuse(request, ProblemKind.INVALID_REQUEST, "The request is malformed.");
            default -> {
                String reference =
                        HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
                LOG.error("A request of the service API failed; reference {}", reference, request.failure());
                answers.send(request, Reply.refused(Problem.internal(reference)));
            }
        }
    }

    private void refuse(RoutingContext request, ProblemKind kind, String what) {
        answers.send(request, Reply.refused(Problem.of(kind, what, "docs/doors/dps-service.md tells what is served.")));
    }
}
