package io.muster.desk.wire;

import io.muster.desk.exchange.Reply;
import io.muster.desk.exchange.StrictJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/// Writes replies. To be called on the request's event loop.
public final class Answers {

    /// The form in which replies leave.
    @FunctionalInterface
    public interface Dress {

        /// @param request its number
        Reply on(Reply reply, String request);
    }

    private final StrictJson json;
    private final Dress dress;

    public Answers(StrictJson json) {
        this(json, (reply, _) -> reply);
    }

    public Answers(StrictJson json, Dress dress) {
        this.json = json;
        this.dress = dress;
    }

    /// Does nothing where the answer is already out: a time-out may have been faster.
    public void send(RoutingContext context, Reply plain) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        Reply reply = dress.on(plain, Callers.of(context).request());
        response.setStatusCode(reply.status()).putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType());
        reply.headers().forEach(response::putHeader);
        if (reply.body().isMissingNode()) {
            response.end();
            return;
        }
        response.end(reply.plain() ? Buffer.buffer(reply.body().textValue()) : Buffer.buffer(json.write(reply.body())));
    }
}
