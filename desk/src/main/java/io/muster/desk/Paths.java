package io.muster.desk;

import io.muster.desk.exchange.Admitted;
import io.muster.desk.exchange.Once;
import io.muster.desk.exchange.StrictJson;
import io.muster.desk.exchange.Versioned;
import io.muster.desk.gate.Gate;
import io.muster.desk.manual.Manual;
import io.muster.desk.wire.Admission;
import io.muster.desk.wire.Answers;
import io.muster.desk.wire.Bodies;
import io.muster.desk.wire.Callers;
import io.muster.desk.wire.Contract;
import io.muster.desk.wire.Conversation;
import io.muster.desk.wire.Faults;
import io.muster.desk.wire.UnknownParameters;
import io.muster.desk.wire.Uploads;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.TimeoutHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.List;
import java.util.concurrent.ExecutorService;

/// Leads each request past the gate and the contract to its operation, in this order.
final class Paths {

    private static final long LARGEST_BODY_BYTES = 1024 * 1024;

    /// An enrollment may list 100,000 endorsement keys.
    private static final long LARGEST_ENROLLMENT_BYTES = 8 * 1024 * 1024;

    private static final String ENROLLMENTS = "/api/v1/tenants/[^/]+/(enrollments(/[^/]+)?|policy/diff)";

    /// Files of any size that an import takes, as long as they keep coming.
    private static final String IMPORTS = "/api/v1/tenants/:tenant/imports";

    private static final long LONGEST_REQUEST_MILLIS = 30_000;
    private static final List<Integer> REFUSALS_OF_THE_ROUTER = List.of(400, 404, 405, 413, 500, 503);

    private final Vertx vertx;
    private final Contract contract;
    private final JsonObject document;
    private final Answers answers;
    private final ExecutorService virtualThreads;

    Paths(Vertx vertx, Contract contract, Answers answers, ExecutorService virtualThreads) {
        this.vertx = vertx;
        this.contract = contract;
        this.document = contract.document();
        this.answers = answers;
        this.virtualThreads = virtualThreads;
    }

    Future<Router> lead(Gate gate, ServicePaths service, Operations operations) {
        return OpenAPIContract.from(vertx, document).map(parsed -> router(parsed, gate, service, operations));
    }

    private Router router(OpenAPIContract parsed, Gate gate, ServicePaths service, Operations operations) {
        Router router = Router.router(vertx);
        service.lead(router);
        router.post(IMPORTS)
                .handler(Paths::prepare)
                .handler(gate)
                .handler(
                        new Uploads(operations.named("createImport"), operations::takeImport, answers, virtualThreads));
        router.route().handler(TimeoutHandler.create(LONGEST_REQUEST_MILLIS, 503));
        router.route().handler(Paths::prepare);
        router.route().handler(gate);
        admit(router, parsed, operations);
        router.routeWithRegex(ENROLLMENTS).handler(BodyHandler.create(false).setBodyLimit(LARGEST_ENROLLMENT_BYTES));
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY_BYTES));
        router.route().handler(new Bodies(new StrictJson(), answers));
        Buffer text = Buffer.buffer(contract.text());
        router.get("/openapi.yaml").handler(request -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                .end(text));
        Buffer events = Buffer.buffer(Contract.ofEvents());
        router.get("/asyncapi.yaml").handler(request -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
                .end(events));
        Buffer manual = Buffer.buffer(new Manual(contract.written(), operations.byName()).page());
        router.get("/docs").handler(request -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", Manual.policy())
                .putHeader("Referrer-Policy", "no-referrer")
                .end(manual));
        router.route("/*").subRouter(contracted(parsed, operations));
        Faults faults = new Faults(answers, document);
        REFUSALS_OF_THE_ROUTER.forEach(status -> router.errorHandler(status, faults));
        return router;
    }

    /// Each operation looks again when it is called: what this lets through by mistake is refused there.
    private void admit(Router router, OpenAPIContract parsed, Operations operations) {
        parsed.operations().forEach(operation -> router.route(
                        operation.getHttpMethod(),
                        operation.getAbsoluteOpenAPIPath().replaceAll("\\{([A-Za-z]+)}", ":$1"))
                .handler(new Admission(operations.named(operation.getOperationId()), answers)));
    }

    private Router contracted(OpenAPIContract parsed, Operations operations) {
        RouterBuilder builder = RouterBuilder.create(vertx, parsed, RequestExtractor.withBodyHandler());
        Conversation conversation = new Conversation(answers, virtualThreads);
        for (OpenAPIRoute route : builder.getRoutes()) {
            route.setDoSecurity(false)
                    .addHandler(new UnknownParameters(route.getOperation(), answers))
                    .addHandler(conversation.about(dressed(route, operations)));
        }
        return builder.createRouter();
    }

    /// An operation with what all of its kind have in common.
    private static Admitted dressed(OpenAPIRoute route, Operations operations) {
        String name = route.getOperation().getOperationId();
        boolean posted = route.getOperation().getHttpMethod().equals(HttpMethod.POST);
        return operations
                .named(name)
                .around(operation -> posted ? new Once(name, operation, operations.repeats()) : operation)
                .around(Versioned::new);
    }

    static void prepare(RoutingContext request) {
        Callers.number(request);
        request.response()
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        request.next();
    }
}
