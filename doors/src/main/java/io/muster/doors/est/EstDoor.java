package io.muster.doors.est;

import io.muster.core.door.Offer;
import io.muster.core.door.Outcome;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.HttpAnswer;
import io.muster.doors.listener.HttpDoor;
import io.muster.doors.listener.HttpExchange;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Enrollment over Secure Transport (RFC 7030, RFC 8951), as curl, strongSwan, libest and Bouncy Castle speak it.
public final class EstDoor implements HttpDoor {

    private static final Logger LOG = LoggerFactory.getLogger(EstDoor.class);

    private final Reception reception;

    public EstDoor(Reception reception) {
        this.reception = reception;
    }

    @Override
    public Optional<HttpAnswer> answer(HttpExchange exchange) {
        return EstPath.of(exchange.target().segments())
                .map(path -> path.method().equals(exchange.method())
                        ? serveOrOwnUp(path, exchange)
                        : HttpAnswer.methodNotAllowed(path.method()));
    }

    /// A fault is ours, never the device's: the caller gets a number that leads to the log and nothing of the fault.
    private HttpAnswer serveOrOwnUp(EstPath path, HttpExchange exchange) {
        try {
            return serve(path, exchange);
        } catch (RuntimeException e) {
            UUID reference = UUID.randomUUID();
            LOG.error("An EST request failed; the device was told the reference {}.", reference, e);
            return EstAnswers.fault(reference);
        }
    }

    private HttpAnswer serve(EstPath path, HttpExchange exchange) {
        Base64Layout layout = Base64Layout.of(exchange);
        return switch (path) {
            case EstPath.Authorities _ -> offer(path, exchange, open -> EstAnswers.authorities(open, layout));
            case EstPath.Attributes _ -> offer(path, exchange, open -> EstAnswers.attributes(open, layout));
            case EstPath.Enroll enroll -> {
                HttpAnswer answer = enroll(enroll, exchange, layout);
                yield exchange.fields().first("Authorization").isPresent() ? answer : EstAnswers.asking(answer);
            }
        };
    }

    /// What anybody may ask, for a client that has yet to learn whom to trust (section 4.1.1).
    private HttpAnswer offer(EstPath path, HttpExchange exchange, Function<Offer.Open, HttpAnswer> answer) {
        Offer offer = reception.offer(
                path.label().map(label -> label.tenant().value()), path.label().flatMap(EstLabel::enrollment));
        return switch (offer) {
            case Offer.Open open -> answer.apply(open);
            case Offer.Closed(Refusal refusal) -> EstAnswers.refused(turnAway(refusal, exchange));
        };
    }

    private HttpAnswer enroll(EstPath.Enroll path, HttpExchange exchange, Base64Layout layout) {
        return switch (RequestReader.read(path, exchange)) {
            case EstRequest.Unreadable(Refusal refusal) -> EstAnswers.unreadable(turnAway(refusal, exchange));
            case EstRequest.OtherMedia(Refusal refusal) -> EstAnswers.otherMedia(turnAway(refusal, exchange));
            case EstRequest.Enroll(var request, var delivery) ->
                EstAnswers.enrollment(reception.enroll(request), delivery, layout);
        };
    }

    private Outcome.Refused turnAway(Refusal refusal, HttpExchange exchange) {
        return reception.turnAway(RequestReader.DOOR, refusal, exchange.peer().source());
    }
}
