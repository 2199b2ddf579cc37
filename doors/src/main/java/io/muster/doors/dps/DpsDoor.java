package io.muster.doors.dps;

import io.muster.core.door.Reception;
import io.muster.doors.listener.HttpAnswer;
import io.muster.doors.listener.HttpDoor;
import io.muster.doors.listener.HttpExchange;
import java.time.InstantSource;
import java.util.Optional;

/// The DPS device API over HTTPS, as the published Azure SDKs speak it.
public final class DpsDoor implements HttpDoor {

    private static final String DOOR = "dps-https";
    private static final String JSON = "application/json; charset=utf-8";

    private final Registrations registrations;

    public DpsDoor(Reception reception, InstantSource clock) {
        this.registrations = new Registrations(reception, clock);
    }

    @Override
    public Optional<HttpAnswer> answer(HttpExchange exchange) {
        return DpsPath.of(exchange.target().segments())
                .map(path -> path.method().equals(exchange.method())
                        ? answer(registrations.answer(call(path, exchange)))
                        : HttpAnswer.methodNotAllowed(path.method()));
    }

    private static DpsCall call(DpsPath path, HttpExchange exchange) {
        return new DpsCall(
                DOOR,
                path,
                exchange.target().query().getOrDefault("api-version", ""),
                exchange.fields().first("Authorization"),
                exchange.body(),
                exchange.peer());
    }

    private static HttpAnswer answer(DpsReply reply) {
        HttpAnswer answer = HttpAnswer.of(reply.status(), JSON, reply.body());
        if (reply.number().isPresent()) {
            answer = answer.with(
                    "x-ms-error-code", Integer.toString(reply.number().getAsInt()));
        }
        return reply.retryAfter().isPresent()
                ? answer.with("Retry-After", Long.toString(reply.retryAfter().getAsLong()))
                : answer;
    }
}
