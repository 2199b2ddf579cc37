package io.muster.doors.dps;

import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.OperationId;
import io.muster.core.door.Refusal;

/// What a device asks for, parsed; or why it could not be parsed.
sealed interface DpsRequest {

    record Register(EnrollmentRequest request) implements DpsRequest {}

    record Status(EnrollmentRequest request, OperationId operation) implements DpsRequest {}

    record LookUp(EnrollmentRequest request) implements DpsRequest {}

    record Unreadable(Refusal refusal) implements DpsRequest {}
}
