package io.muster.desk.gate;

import io.muster.core.access.Principal;
import io.muster.core.access.SharedAccessSignature;
import io.muster.desk.exchange.Reply;
import io.muster.desk.problem.Problem;
import io.muster.desk.problem.ProblemKind;
import io.muster.desk.wire.Answers;
import io.muster.desk.wire.Callers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Stands before the paths of Azure's service API: lets in whoever signed with the key of a shared access policy,
/// for this host and not too long ago. No other key opens here, and no client certificate.
public final class SharedAccessGate implements Handler<RoutingContext> {

    private final LogIn logIn;
    private final FailedLogins failedLogins;
    private final Answers answers;
    private final Aside aside;
    private final InstantSource clock;

    public SharedAccessGate(
            LogIn logIn,
            FailedLogins failedLogins,
            Answers answers,
            ExecutorService virtualThreads,
            InstantSource clock) {
        this.logIn = logIn;
        this.failedLogins = failedLogins;
        this.answers = answers;
        this.aside = new Aside(virtualThreads);
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext request) {
        @Nullable String header = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        Optional<SharedAccessSignature> shown = Optional.ofNullable(header).flatMap(SharedAccessToken::read);
        if (shown.isEmpty()) {
            answer(request, malformed());
        } else if (!forThisHost(request, shown.get().resource())) {
            answer(request, forOther());
        } else if (!clock.instant().isBefore(shown.get().expires())) {
            answer(request, expired());
        } else {
            aside.ask(
                    request,
                    () -> logIn.by(shown.get()),
                    welcome -> answer(request, welcome),
                    () -> refuse(request, Gate.unavailable()));
        }
    }

    /// As the client addressed it, with or without a port.
    private static boolean forThisHost(RoutingContext request, String resource) {
        @Nullable HostAndPort here = request.request().authority();
        if (here == null) {
            return false;
        }
        String wanted = resource.toLowerCase(Locale.ROOT);
        String host = here.host().toLowerCase(Locale.ROOT);
        return wanted.equals(host) || wanted.equals(host + ":" + here.port());
    }

    private void answer(RoutingContext request, LogIn.Welcome welcome) {
        switch (welcome) {
            case LogIn.Welcome.Known(Principal principal) -> {
                failedLogins.succeeded(Callers.address(request));
                Callers.welcome(request, principal);
                request.next();
            }
            case LogIn.Welcome.Stranger stranger ->
                aside.slowly(
                        request,
                        failedLogins,
                        () -> refuse(request, unauthorized(stranger)),
                        retryAfter -> refuse(request, Gate.tooMany(retryAfter)));
        }
    }

    /// The body of a refused request is not read: the connection ends with the answer.
    private void refuse(RoutingContext request, Reply reply) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answers.send(request, reply);
    }

    private static Reply unauthorized(LogIn.Welcome.Stranger stranger) {
        return Reply.refused(Problem.of(ProblemKind.UNAUTHORIZED, stranger.why(), stranger.remedy()));
    }

    private static LogIn.Welcome malformed() {
        return new LogIn.Welcome.Stranger(
                "The request carries no shared access signature with sr, sig, se and skn.",
                "Use the connection string of a shared access policy; an owner makes one with: muster key create --help");
    }

    private static LogIn.Welcome forOther() {
        return new LogIn.Welcome.Stranger(
                "The shared access signature was made for another host.",
                "Put the name by which this host is called as HostName into the connection string.");
    }

    private static LogIn.Welcome expired() {
        return new LogIn.Welcome.Stranger(
                "The shared access signature has expired.", "Make a new one; look at the clock if it is new.");
    }
}
