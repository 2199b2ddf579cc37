package io.muster.desk.wire;

import io.muster.desk.exchange.Admitted;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns those away who may not ask for an operation, before anything of what they send is read.
public final class Admission implements Handler<RoutingContext> {

    private final Admitted operation;
    private final Answers answers;

    public Admission(Admitted operation, Answers answers) {
        this.operation = operation;
        this.answers = answers;
    }

    @Override
    public void handle(RoutingContext request) {
        @Nullable String tenant = request.pathParam("tenant");
        operation
                .refusal(Callers.of(request), Optional.ofNullable(tenant))
                .ifPresentOrElse(
                        refusal -> {
                            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                            answers.send(request, refusal);
                        },
                        request::next);
    }
}
