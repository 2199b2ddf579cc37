package io.muster.desk.wire;

import io.muster.desk.exchange.Reply;
import io.muster.desk.exchange.StrictJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/// Writes replies. To be called on the request's event loop.
public final class Answers {

    private final StrictJson json;

    public Answers(StrictJson json) {
        this.json = json;
    }

    /// Does nothing where the answer is already out: a time-out may have been faster.
    public void send(RoutingContext context, Reply reply) {
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(reply.status()).putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType());
        reply.headers().forEach(response::putHeader);
        response.end(reply.plain() ? Buffer.buffer(reply.body().textValue()) : Buffer.buffer(json.write(reply.body())));
    }
}
