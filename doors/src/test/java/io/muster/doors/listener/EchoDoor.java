package io.muster.doors.listener;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Tells the caller what the listener made of its request.
final class EchoDoor implements HttpDoor {

    @Override
    public Optional<HttpAnswer> answer(HttpExchange exchange) {
        if (!exchange.target().segments().getFirst().equals("echo")) {
            return Optional.empty();
        }
        if (exchange.method().equals("DELETE")) {
            return Optional.of(HttpAnswer.methodNotAllowed("GET, PUT"));
        }
        if (exchange.target().segments().contains("fault")) {
            throw new IllegalStateException("secret of the house");
        }
        String text = exchange.method() + " " + exchange.target().segments() + " "
                + exchange.target().query() + " " + exchange.peer().chain().size() + " "
                + exchange.peer().serverName().orElse("-") + " "
                + new String(exchange.body().toArray(), StandardCharsets.UTF_8);
        return Optional.of(HttpAnswer.of(200, "text/plain", text));
    }
}
