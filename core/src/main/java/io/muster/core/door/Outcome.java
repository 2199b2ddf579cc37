package io.muster.core.door;

import io.muster.core.device.Bytes;
import io.muster.core.device.Device;
import io.muster.core.device.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a door has to render. An [Enrolled] or a [Deferred] is durable before a door sees it.
public sealed interface Outcome {

    /// The try that led here; told to the device as the number to quote.
    AttemptId attempt();

    /// The device is enrolled.
    ///
    /// @param payload what the enrollment hands to its devices, an object
    /// @param issued  the certificate, where the device asked for one
    /// @param wrappedKey a key for the device that only its TPM can unwrap (DPS); empty for other devices
    record Enrolled(
            AttemptId attempt,
            Device device,
            Change change,
            Optional<Json> payload,
            Optional<Issued> issued,
            Optional<Bytes> wrappedKey)
            implements Outcome {

        /// For a device without a TPM, or one that needs no key.
        public Enrolled(
                AttemptId attempt, Device device, Change change, Optional<Json> payload, Optional<Issued> issued) {
            this(attempt, device, change, payload, issued, Optional.empty());
        }
    }

    /// The device must answer a challenge first; nothing is kept of it here.
    ///
    /// @param continuation to be sent back with the answer, on any connection to any node; opaque
    /// @param expiresAt    until when
    record Challenged(AttemptId attempt, Challenge challenge, Bytes continuation, Instant expiresAt)
            implements Outcome {}

    /// The request is stored and will be carried out; the device shall ask again.
    record Deferred(AttemptId attempt, OperationId operation, Duration retryAfter) implements Outcome {}

    /// The request is refused.
    ///
    /// @param operation the operation that ended so, where there was one
    record Refused(AttemptId attempt, Refusal refusal, Optional<OperationId> operation) implements Outcome {}
}
