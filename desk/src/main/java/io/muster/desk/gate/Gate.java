package io.muster.desk.gate;

import io.muster.core.access.KeyText;
import io.muster.core.access.Principal;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.wire.Answers;
import io.muster.desk.wire.Callers;
import io.muster.desk.wire.ClientCertificates;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Stands before every path, those that do not exist too: who is not known learns nothing but health and the contract.
public final class Gate implements Handler<RoutingContext> {

    private static final Set<String> OPEN =
            Set.of("/health/live", "/health/ready", "/openapi.yaml", "/asyncapi.yaml", "/docs");
    private static final Set<String> TOKEN_NAMES =
            Set.of("token", "access_token", "api_key", "apikey", "authorization", "bearer");
    private static final Pattern KEY_TEXT = Pattern.compile("mk_[0-9a-v]{16}_[0-9a-v]{8}", Pattern.CASE_INSENSITIVE);
    private static final String SCHEME = "bearer ";

    private final BearerToken token;
    private final LogIn logIn;
    private final FailedLogins failedLogins;
    private final Answers answers;
    private final Aside aside;

    public Gate(
            BearerToken token,
            LogIn logIn,
            FailedLogins failedLogins,
            Answers answers,
            ExecutorService virtualThreads) {
        this.token = token;
        this.logIn = logIn;
        this.failedLogins = failedLogins;
        this.answers = answers;
        this.aside = new Aside(virtualThreads);
    }

    @Override
    public void handle(RoutingContext request) {
        if (carriesTokenInUrl(request)) {
            refuse(request, tokenInUrl());
        } else if (open(request)) {
            request.next();
        } else {
            logIn(request);
        }
    }

    private static boolean open(RoutingContext request) {
        return request.request().method().equals(HttpMethod.GET)
                && OPEN.contains(request.request().path());
    }

    /// By the name of a parameter, or anywhere by its form.
    private static boolean carriesTokenInUrl(RoutingContext request) {
        return KEY_TEXT.matcher(request.request().uri()).find()
                || request.queryParams().names().stream()
                        .anyMatch(name -> TOKEN_NAMES.contains(name.toLowerCase(Locale.ROOT)));
    }

    /// What stands in the header decides where there is one: a wrong key is a wrong key, whatever certificate comes
    /// along.
    private void logIn(RoutingContext request) {
        @Nullable String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            ClientCertificates.of(request)
                    .ifPresentOrElse(
                            certificate -> ask(request, () -> logIn.by(certificate)),
                            () -> answer(request, LogIn.unknown()));
            return;
        }
        Optional<String> guess = guess(header);
        if (guess.filter(token::matches).isPresent()) {
            answer(request, new LogIn.Welcome.Known(Principal.BOOTSTRAP));
        } else {
            guess.flatMap(KeyText::parse)
                    .ifPresentOrElse(
                            text -> ask(request, () -> logIn.by(text)), () -> answer(request, LogIn.unknown()));
        }
    }

    /// RFC 6750, section 2.1; the scheme's case does not matter (RFC 9110, section 11.1).
    private static Optional<String> guess(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private void ask(RoutingContext request, Supplier<LogIn.Welcome> question) {
        aside.ask(request, question, welcome -> answer(request, welcome), () -> refuse(request, unavailable()));
    }

    private void answer(RoutingContext request, LogIn.Welcome welcome) {
        switch (welcome) {
            case LogIn.Welcome.Known(Principal principal) -> {
                failedLogins.succeeded(Callers.address(request));
                Callers.welcome(request, principal);
                request.next();
            }
            case LogIn.Welcome.Stranger stranger -> refuseSlowly(request, stranger);
        }
    }

    private void refuseSlowly(RoutingContext request, LogIn.Welcome.Stranger stranger) {
        aside.slowly(
                request,
                failedLogins,
                () -> refuse(request, unauthorized(stranger)),
                retryAfter -> refuse(request, tooMany(retryAfter)));
    }

    /// The body of a refused request is not read: the connection ends with the answer.
    private void refuse(RoutingContext request, Reply reply) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answers.send(request, reply);
    }

    private static Reply unauthorized(LogIn.Welcome.Stranger stranger) {
        return Reply.refused(Problem.of(ProblemKind.UNAUTHORIZED, stranger.why(), stranger.remedy()))
                .withHeader("WWW-Authenticate", "Bearer realm=\"muster\"");
    }

    static Reply tooMany(Duration retryAfter) {
        return Reply.refused(Problem.of(
                        ProblemKind.TOO_MANY_FAILED_LOGINS,
                        "Too many requests without a valid key wait for their answer already.",
                        "Try again in " + retryAfter.toSeconds() + " seconds, with a valid key."))
                .withHeader("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    static Reply unavailable() {
        return Reply.refused(Problem.of(
                ProblemKind.UNAVAILABLE,
                "The database cannot be reached, and without it no key is known.",
                "Try again; GET /health/ready says what does not serve. The token of the data directory opens the desk"
                        + " all the same."));
    }

    private static Reply tokenInUrl() {
        return Reply.refused(Problem.of(
                ProblemKind.TOKEN_IN_URL,
                "The URL carries a key. URLs end up in logs and histories, so the key must be seen as known.",
                "Send it in the Authorization header only, and rotate it if this one was real."));
    }
}
