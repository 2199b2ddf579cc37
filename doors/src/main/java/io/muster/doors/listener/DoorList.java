package io.muster.doors.listener;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The doors behind a listener, in the order in which they are asked.
final class DoorList {

    private static final Logger LOG = LoggerFactory.getLogger(DoorList.class);

    private static final HttpAnswer UNKNOWN_PATH = HttpAnswer.sentence(404, "Nothing is served at this path.");
    private static final HttpAnswer FAULT =
            HttpAnswer.sentence(500, "The server failed on this request; its log says why. Try again later.");

    private final List<HttpDoor> doors;

    DoorList(List<HttpDoor> doors) {
        this.doors = List.copyOf(doors);
    }

    /// Never throws: a fault of a door ends here, and the caller learns nothing of it.
    HttpAnswer answer(HttpExchange exchange) {
        try {
            for (HttpDoor door : doors) {
                Optional<HttpAnswer> answer = door.answer(exchange);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
            return UNKNOWN_PATH;
        } catch (RuntimeException | Error fault) {
            LOG.error("A door failed on a {} request; the caller got 500.", exchange.method(), fault);
            return FAULT;
        }
    }
}
