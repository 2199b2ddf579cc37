package io.muster.core.door;

import io.muster.core.device.Device;
import io.muster.core.device.Json;
import java.time.Duration;
import java.util.Optional;

/// What a door has to render. An [Enrolled] or a [Deferred] is durable before a door sees it.
public sealed interface Outcome {

    /// The try that led here; told to the device as the number to quote.
    AttemptId attempt();

    /// The device is enrolled.
    ///
    /// @param payload what the enrollment hands to its devices, an object
    /// @param issued  the certificate, where the device asked for one
    record Enrolled(AttemptId attempt, Device device, Change change, Optional<Json> payload, Optional<Issued> issued)
            implements Outcome {}

    /// The request is stored and will be carried out; the device shall ask again.
    record Deferred(AttemptId attempt, OperationId operation, Duration retryAfter) implements Outcome {}

    /// The request is refused.
    ///
    /// @param operation the operation that ended so, where there was one
    record Refused(AttemptId attempt, Refusal refusal, Optional<OperationId> operation) implements Outcome {}
}
