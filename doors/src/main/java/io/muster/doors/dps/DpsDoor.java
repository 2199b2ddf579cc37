package io.muster.doors.dps;

import io.muster.core.door.Outcome;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.HttpAnswer;
import io.muster.doors.listener.HttpDoor;
import io.muster.doors.listener.HttpExchange;
import java.time.InstantSource;
import java.util.Optional;

/// The DPS device API over HTTPS, as the published Azure SDKs speak it.
public final class DpsDoor implements HttpDoor {

    private final Reception reception;
    private final RequestReader reader;
    private final DpsAnswers answers;

    public DpsDoor(Reception reception, InstantSource clock) {
        StrictJson json = new StrictJson();
        this.reception = reception;
        this.reader = new RequestReader(json);
        this.answers = new DpsAnswers(json, clock);
    }

    @Override
    public Optional<HttpAnswer> answer(HttpExchange exchange) {
        return DpsPath.of(exchange.target().segments())
                .map(path -> path.method().equals(exchange.method())
                        ? serve(path, exchange)
                        : HttpAnswer.methodNotAllowed(path.method()));
    }

    private HttpAnswer serve(DpsPath path, HttpExchange exchange) {
        return switch (reader.read(path, exchange)) {
            case DpsRequest.Unreadable(Refusal refusal) -> answers.error(turnAway(refusal, exchange));
            case DpsRequest.Register(var request) ->
                answers.registration(request.registrationId(), reception.enroll(request), Optional.empty());
            case DpsRequest.Status(var request, var operation) ->
                answers.registration(
                        request.registrationId(), reception.status(request, operation), Optional.of(operation));
            case DpsRequest.LookUp(var request) -> answers.state(request.registrationId(), reception.lookUp(request));
        };
    }

    private Outcome.Refused turnAway(Refusal refusal, HttpExchange exchange) {
        return reception.turnAway(RequestReader.DOOR, refusal, RequestReader.source(exchange));
    }
}
