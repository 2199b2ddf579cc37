package io.muster.doors.listener;

import java.util.Optional;

/// A protocol that is spoken over HTTP. Doors are asked in the order in which the house lists them; the first that
/// knows the path answers.
public interface HttpDoor {

    /// Answers a request, on a virtual thread of its own: it may block. Empty when the path is none of this door's; a
    /// path of this door with another method is answered by [HttpAnswer#methodNotAllowed]. Both without any side
    /// effect.
    Optional<HttpAnswer> answer(HttpExchange exchange);
}
