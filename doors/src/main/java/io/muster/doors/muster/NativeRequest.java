package io.muster.doors.muster;

import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;

/// What a device asks for, parsed; or why it could not be parsed.
sealed interface NativeRequest {

    record Enroll(EnrollmentRequest request) implements NativeRequest {}

    record Unreadable(Refusal refusal) implements NativeRequest {}

    /// The body is of another media type.
    record OtherMedia(Refusal refusal) implements NativeRequest {}
}
