package io.muster.doors.dps;

import io.muster.core.door.Outcome;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.HttpAnswer;
import io.muster.doors.listener.HttpDoor;
import io.muster.doors.listener.HttpExchange;
import io.muster.doors.listener.forms.StrictJson;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The DPS device API over HTTPS, as the published Azure SDKs speak it.
public final class DpsDoor implements HttpDoor {

    private static final Logger LOG = LoggerFactory.getLogger(DpsDoor.class);

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
                        ? serveOrOwnUp(path, exchange)
                        : HttpAnswer.methodNotAllowed(path.method()));
    }

    /// A fault is ours, never the device's: it is answered in the form that the SDKs read, with a number that
    /// leads to the log and nothing of the fault.
    private HttpAnswer serveOrOwnUp(DpsPath path, HttpExchange exchange) {
        try {
            return serve(path, exchange);
        } catch (RuntimeException e) {
            UUID reference = UUID.randomUUID();
            LOG.error("A DPS request failed; the device was told the reference {}.", reference, e);
            return answers.fault(reference);
        }
    }

    private HttpAnswer serve(DpsPath path, HttpExchange exchange) {
        return switch (reader.read(path, exchange)) {
            case DpsRequest.Unreadable(Refusal refusal) -> answers.error(turnAway(refusal, exchange));
            case DpsRequest.Register(var request) ->
                answers.registration(request, reception.enroll(request), Optional.empty());
            case DpsRequest.Status(var request, var operation) ->
                answers.registration(request, reception.status(request, operation), Optional.of(operation));
            case DpsRequest.LookUp(var request) -> answers.state(request, reception.lookUp(request));
        };
    }

    private Outcome.Refused turnAway(Refusal refusal, HttpExchange exchange) {
        return reception.turnAway(RequestReader.DOOR, refusal, exchange.peer().source());
    }
}
