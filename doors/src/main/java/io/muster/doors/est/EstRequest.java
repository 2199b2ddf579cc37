package io.muster.doors.est;

import io.muster.core.device.Bytes;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;

/// What a device asks for, parsed; or why it could not be parsed.
sealed interface EstRequest {

    /// @param delivery how a key made by the server travels
    record Enroll(EnrollmentRequest request, KeyDelivery delivery) implements EstRequest {}

    record Unreadable(Refusal refusal) implements EstRequest {}

    /// The body is of another media type.
    record OtherMedia(Refusal refusal) implements EstRequest {}

    /// How a private key that the server made goes to the device.
    sealed interface KeyDelivery {

        /// Protected by the connection alone.
        record InConnection() implements KeyDelivery {}

        /// Encrypted for the holder of a certificate, besides.
        ///
        /// @param certificate DER; its key can decrypt
        record Sealed(Bytes certificate) implements KeyDelivery {}
    }
}
