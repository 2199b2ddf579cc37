package io.muster.desk.wire;

import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Words what Vert.x and the contract's validator refuse: nothing leaves the desk in another form than a problem.
public final class Faults implements Handler<RoutingContext> {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final String SEE_CONTRACT = "Compare the request with the contract at /openapi.yaml.";

    private static final Pattern PARAMETER = Pattern.compile("^The value of \\w+ parameter (\\w+) is invalid");

    private final Answers answers;
    private final Violations violations;

    /// @param contract the document, for its descriptions
    public Faults(Answers answers, JsonObject contract) {
        this.answers = answers;
        this.violations = new Violations(contract);
    }

    @Override
    public void handle(RoutingContext request) {
        answers.send(request, Reply.refused(problem(request)));
    }

    private Problem problem(RoutingContext request) {
        return switch (request.statusCode()) {
            case 400 -> invalid(request.failure());
            case 404 ->
                Problem.of(
                        ProblemKind.NOT_FOUND, "The admin API has no such path.", "See /openapi.yaml for its paths.");
            case 405 ->
                Problem.of(
                        ProblemKind.METHOD_NOT_ALLOWED,
                        "This path does not know " + request.request().method() + ".",
                        "See /openapi.yaml for what each path knows.");
            case 413 ->
                Problem.of(
                        ProblemKind.BODY_TOO_LARGE,
                        "The body is larger than 1 MiB, or than 8 MiB for an enrollment.",
                        "Split the change into smaller ones.");
            case 503 ->
                Problem.of(
                        ProblemKind.UNAVAILABLE,
                        "The request took longer than 30 seconds.",
                        "Try again; GET /health/ready says what does not serve.");
            default ->
                cause(request.failure()) instanceof ValidatorException
                        ? invalid(request.failure())
                        : unexpected(request);
        };
    }

    private static Problem unexpected(RoutingContext request) {
        String reference =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        LOG.error(
                "An admin request failed with status {}; reference {}",
                request.statusCode(),
                reference,
                request.failure());
        return Problem.internal(reference);
    }

    private Problem invalid(@Nullable Throwable failure) {
        return switch (cause(failure)) {
            case SchemaValidationException broken -> brokenSchema(broken);
            case ValidatorException broken ->
                Problem.of(ProblemKind.INVALID_REQUEST, Violations.sentence(broken.getMessage()), SEE_CONTRACT);
            case null, default -> Problem.of(ProblemKind.INVALID_REQUEST, "The request is malformed.", SEE_CONTRACT);
        };
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure == null || failure instanceof ValidatorException ? failure : failure.getCause();
    }

    private Problem brokenSchema(SchemaValidationException broken) {
        Optional<String> parameter = parameter(String.valueOf(broken.getMessage()));
        List<Problem.Fault> faults = violations.in(broken.getOutputUnit()).stream()
                .map(fault -> new Problem.Fault(parameter.orElse(fault.at()), fault.detail()))
                .toList();
        String detail = faults.isEmpty()
                ? Violations.sentence(broken.getMessage())
                : "The request breaks the contract at " + place(faults.getFirst()) + ": "
                        + faults.getFirst().detail();
        return new Problem(ProblemKind.INVALID_REQUEST, detail, SEE_CONTRACT, faults, Optional.empty());
    }

    private static String place(Problem.Fault fault) {
        return fault.at().isEmpty() ? "the body" : fault.at();
    }

    /// The validator names a parameter in its message only.
    private static Optional<String> parameter(String message) {
        Matcher matcher = PARAMETER.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
