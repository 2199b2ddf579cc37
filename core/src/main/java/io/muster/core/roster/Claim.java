package io.muster.core.roster;

import io.muster.core.device.Name;
import io.muster.core.door.ClaimId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A claim credential: one certificate that many devices share until each has its own. It may create certificates for
/// devices of one enrollment, within its budget, and nothing else.
///
/// @param enrollment  the enrollment for which it was uploaded
/// @param fingerprint SHA-256 of the certificate, lower-case hexadecimal
/// @param notAfter    end of the certificate's validity, or of the claim where that is earlier
/// @param spent       creates in the present window
/// @param networks    how many networks it was used from: 255 stands for that many or more
public record Claim(
        ClaimId id,
        Name tenant,
        Name name,
        Name enrollment,
        String fingerprint,
        Budget budget,
        boolean revoked,
        Instant createdAt,
        Instant notAfter,
        long spent,
        int networks) {

    /// How long a claim lives that a trusted user got for one device (AWS: provisioning claim).
    public static final Duration TRUSTED_USER_LIFE = Duration.ofMinutes(5);

    /// From so many networks on, its use is worth a warning.
    public static final int MANY_NETWORKS = 8;

    /// Whether its certificate was used from so many networks that somebody should look.
    public boolean widespread() {
        return networks >= MANY_NETWORKS;
    }

    /// What a claim may do, and how fast.
    ///
    /// @param creates   certificates in a window
    /// @param window    how long a window is; it begins with its first create
    /// @param perSecond creates in one second
    /// @param connections open at once, on one node
    /// @param clientIds what the MQTT client ids of its connections begin with; empty: any client id
    public record Budget(long creates, Duration window, int perSecond, int connections, Optional<String> clientIds) {

        public static final long MAX_CREATES = 100_000_000;
        public static final Duration MAX_WINDOW = Duration.ofDays(366);
        public static final int MAX_PER_SECOND = 10_000;
        public static final int MAX_CONNECTIONS = 10_000;
        public static final int MAX_PREFIX = 128;

        /// 1,000 creates a day, 20 a second, 100 connections, any client id.
        public static Budget standard() {
            return new Budget(1000, Duration.ofDays(1), 20, 100, Optional.empty());
        }
    }
}
