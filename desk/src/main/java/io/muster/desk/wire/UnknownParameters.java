package io.muster.desk.wire;

import io.muster.desk.exchange.Call;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Refuses query parameters that the operation does not know, or that come twice: a mistyped filter must not list
/// everything. The same for the headers on which a change may depend.
public final class UnknownParameters implements Handler<RoutingContext> {

    private final Set<String> known;
    private final Set<String> headers;
    private final boolean changes;
    private final Answers answers;

    public UnknownParameters(Operation operation, Answers answers) {
        this.known = operation.getParameters().stream()
                .filter(parameter -> parameter.getIn() == Location.QUERY)
                .map(Parameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        this.headers = operation.getParameters().stream()
                .filter(parameter -> parameter.getIn() == Location.HEADER)
                .map(Parameter::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        this.changes = !operation.getHttpMethod().equals(HttpMethod.GET);
        this.answers = answers;
    }

    /// What a caller relies on must not be passed over.
    private static Problem unheard(String header) {
        return Problem.invalid(
                header,
                "The header " + header + " comes twice, or this operation does not know it and would pass it over.",
                "Send it once, and only where the contract at /openapi.yaml names it.");
    }

    @Override
    public void handle(RoutingContext request) {
        Optional<String> stranger = request.queryParams().names().stream()
                .filter(name -> !known.contains(name)
                        || request.queryParams().getAll(name).size() > 1)
                .findFirst();
        Optional<String> unheard = Call.HEADERS.stream()
                .filter(name -> changes && request.request().headers().contains(name))
                .filter(name -> !headers.contains(name)
                        || request.request().headers().getAll(name).size() > 1)
                .findFirst();
        if (unheard.isPresent()) {
            answers.send(request, Reply.refused(unheard(unheard.get())));
            return;
        }
        if (stranger.isEmpty()) {
            request.next();
            return;
        }
        String knows = known.isEmpty() ? "none" : String.join(", ", known) + ", each once";
        answers.send(
                request,
                Reply.refused(Problem.invalid(
                        stranger.get().length() > 64 ? "query" : stranger.get(),
                        "The query has a parameter that is not known here, or one that comes twice.",
                        "Known here: " + knows + ".")));
    }
}
