package io.muster.core.door;

import java.time.Instant;

/// What came of asking for a certificate.
public sealed interface Creating {

    /// It is stored, and waits for its device.
    ///
    /// @param certificateId  SHA-256 of the certificate, lower-case hexadecimal (AWS: certificate id)
    /// @param ownershipToken opaque; registers one device with the certificate
    /// @param expiresAt      until when
    record Created(String certificateId, Issued issued, String ownershipToken, Instant expiresAt) implements Creating {
        @Override
        public String toString() {
            return "Created " + certificateId;
        }
    }

    /// @param attempt the number to quote
    record Refused(AttemptId attempt, Refusal refusal) implements Creating {}
}
