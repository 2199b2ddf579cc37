package io.muster.doors.muster;

import io.muster.core.device.Name;
import io.muster.core.door.Offer;
import io.muster.core.door.Outcome;
import io.muster.core.door.Reception;
import io.muster.core.door.Refusal;
import io.muster.doors.listener.HttpAnswer;
import io.muster.doors.listener.HttpDoor;
import io.muster.doors.listener.HttpExchange;
import io.muster.doors.listener.forms.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Muster's own door: one JSON request enrolls a device, whatever it proves itself with. A TPM takes a second one.
public final class NativeDoor implements HttpDoor {

    private static final Logger LOG = LoggerFactory.getLogger(NativeDoor.class);

    private static final Set<String> PARAMETERS = Set.of("tenant", "enrollment");

    private final Reception reception;
    private final RequestReader reader;
    private final NativeAnswers answers;
    private final String description;

    public NativeDoor(Reception reception) {
        StrictJson json = new StrictJson();
        this.reception = reception;
        this.reader = new RequestReader(json);
        this.answers = new NativeAnswers(json);
        this.description = description();
    }

    @Override
    public Optional<HttpAnswer> answer(HttpExchange exchange) {
        return NativePath.of(exchange.target().segments())
                .map(path -> path.method().equals(exchange.method())
                        ? serveOrOwnUp(path, exchange)
                        : HttpAnswer.methodNotAllowed(path.method()));
    }

    /// A fault is ours, never the device's: it gets a number that leads to the log and nothing of the fault.
    private HttpAnswer serveOrOwnUp(NativePath path, HttpExchange exchange) {
        try {
            return switch (path) {
                case ENROLL -> enroll(exchange);
                case AUTHORITIES -> authorities(exchange);
                case DESCRIPTION -> HttpAnswer.of(200, "application/json", description);
            };
        } catch (RuntimeException e) {
            UUID reference = UUID.randomUUID();
            LOG.error("A request at the native door failed; the device was told the reference {}.", reference, e);
            return answers.fault(reference);
        }
    }

    private HttpAnswer enroll(HttpExchange exchange) {
        return switch (reader.read(exchange)) {
            case NativeRequest.Unreadable(Refusal refusal) -> answers.refused(turnAway(refusal, exchange));
            case NativeRequest.OtherMedia(Refusal refusal) -> answers.otherMedia(turnAway(refusal, exchange));
            case NativeRequest.Enroll(var request) -> answers.enrollment(reception.enroll(request));
        };
    }

    /// What anybody may ask, for a device that has yet to learn whom to trust.
    private HttpAnswer authorities(HttpExchange exchange) {
        Map<String, String> query = exchange.target().query();
        Optional<String> enrollment = Optional.ofNullable(query.get("enrollment"));
        Optional<Name> name = enrollment.flatMap(Name::parse);
        if (name.isPresent() != enrollment.isPresent() || !PARAMETERS.containsAll(query.keySet())) {
            return answers.refused(turnAway(
                    new Refusal.MalformedRequest("The query may name a tenant and an enrollment, and nothing else."),
                    exchange));
        }
        return switch (reception.offer(Optional.ofNullable(query.get("tenant")), name)) {
            case Offer.Open open -> answers.authorities(open);
            case Offer.Closed(Refusal refusal) -> answers.refused(turnAway(refusal, exchange));
        };
    }

    private Outcome.Refused turnAway(Refusal refusal, HttpExchange exchange) {
        return reception.turnAway(RequestReader.DOOR, refusal, exchange.peer().source());
    }

    private static String description() {
        try (InputStream text = NativeDoor.class.getResourceAsStream("openapi.json")) {
            if (text == null) {
                throw new IllegalStateException("this build lacks the description of the native door");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the native door cannot be read", e);
        }
    }
}
