package io.muster.desk.gate;

import io.muster.core.access.Principal;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.wire.Answers;
import io.muster.desk.wire.Callers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stands before every path, those that do not exist too: without the token nothing can be learned but health and the
/// contract.
public final class Gate implements Handler<RoutingContext> {

    private static final Set<String> OPEN = Set.of("/health/live", "/health/ready", "/openapi.yaml");
    private static final Set<String> TOKEN_NAMES =
            Set.of("token", "access_token", "api_key", "apikey", "authorization", "bearer");
    private static final String SCHEME = "bearer ";

    private final BearerToken token;
    private final FailedLogins failedLogins;
    private final Answers answers;

    public Gate(BearerToken token, FailedLogins failedLogins, Answers answers) {
        this.token = token;
        this.failedLogins = failedLogins;
        this.answers = answers;
    }

    @Override
    public void handle(RoutingContext request) {
        if (carriesTokenInUrl(request)) {
            refuse(request, tokenInUrl());
        } else if (open(request)) {
            request.next();
        } else if (guess(request).map(token::matches).orElse(false)) {
            failedLogins.succeeded(Callers.address(request));
            Callers.welcome(request, Principal.BOOTSTRAP);
            request.next();
        } else {
            refuseSlowly(request);
        }
    }

    private static boolean open(RoutingContext request) {
        return request.request().method().equals(HttpMethod.GET)
                && OPEN.contains(request.request().path());
    }

    private static boolean carriesTokenInUrl(RoutingContext request) {
        return request.queryParams().names().stream()
                .anyMatch(name -> TOKEN_NAMES.contains(name.toLowerCase(Locale.ROOT)));
    }

    /// RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1).
    private static Optional<String> guess(RoutingContext request) {
        @Nullable String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        return Optional.of(header.substring(SCHEME.length()).strip());
    }

    private void refuseSlowly(RoutingContext request) {
        switch (failedLogins.failed(Callers.address(request))) {
            case FailedLogins.Penalty.Wait wait ->
                request.vertx().setTimer(wait.time().toMillis(), _ -> {
                    failedLogins.answered();
                    refuse(request, unauthorized());
                });
            case FailedLogins.Penalty.TurnedAway away -> refuse(request, tooMany(away.retryAfter()));
        }
    }

    /// The body of a refused request is not read: the connection ends with the answer.
    private void refuse(RoutingContext request, Reply reply) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answers.send(request, reply);
    }

    private static Reply unauthorized() {
        return Reply.refused(Problem.of(
                        ProblemKind.UNAUTHORIZED,
                        "The request carries no valid token.",
                        "Send the token of the data directory's file admin.token as: Authorization: Bearer <token>."))
                .withHeader("WWW-Authenticate", "Bearer realm=\"muster\"");
    }

    private static Reply tooMany(Duration retryAfter) {
        return Reply.refused(Problem.of(
                        ProblemKind.TOO_MANY_FAILED_LOGINS,
                        "Too many requests without a valid token wait for their answer already.",
                        "Try again in " + retryAfter.toSeconds() + " seconds, with a valid token."))
                .withHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    private static Reply tokenInUrl() {
        return Reply.refused(Problem.of(
                ProblemKind.TOKEN_IN_URL,
                "The URL carries a token. URLs end up in logs and histories, so the token must be seen as known.",
                "Send it in the Authorization header only, and make a new one if this one was real."));
    }
}
