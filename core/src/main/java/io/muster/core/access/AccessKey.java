package io.muster.core.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// With what a principal comes to the desk, and what it may do there. Its secret is not in it.
///
/// @param name         what people call it
/// @param madeBy       the principal that made it
/// @param expiresAt    empty: never, because an owner said so
/// @param lastUsed     to the minute; empty: not yet
/// @param overlapUntil until then what it proved itself with before its last rotation is good, too
/// @param version      from 1; rotating and revoking raise it, using does not
public record AccessKey(
        KeyId id,
        String name,
        ProvedBy provedBy,
        Role role,
        Scope scope,
        String madeBy,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsed,
        Optional<Instant> overlapUntil,
        boolean revoked,
        int version) {

    public static final int MAX_NAME_LENGTH = 100;
    public static final Duration STANDARD_LIFE = Duration.ofDays(90);
    public static final Duration MAX_LIFE = Duration.ofDays(365);
    public static final Duration STANDARD_OVERLAP = Duration.ofHours(24);
    public static final Duration MAX_OVERLAP = Duration.ofDays(30);

    /// How exactly its last use is known.
    public static final Duration USE_INTERVAL = Duration.ofMinutes(1);

    /// Where it stands in its life.
    public enum Standing {
        ACTIVE,
        EXPIRED,
        REVOKED
    }

    public Standing standing(Instant now) {
        if (revoked) {
            return Standing.REVOKED;
        }
        return expiresAt.isEmpty() || now.isBefore(expiresAt.get()) ? Standing.ACTIVE : Standing.EXPIRED;
    }

    /// Whether a use now is worth being written down.
    public boolean unusedSince(Instant now) {
        return lastUsed.isEmpty() || !now.isBefore(lastUsed.get().plus(USE_INTERVAL));
    }

    /// Who comes with it.
    public Principal principal() {
        String kind =
                switch (provedBy) {
                    case ProvedBy.ApiKey() -> "key:";
                    case ProvedBy.ClientKey ignored -> "certificate:";
                    case ProvedBy.ClientCertificate ignored -> "certificate:";
                    case ProvedBy.SharedAccess() -> "policy:";
                };
        return new Principal(kind + id, name, role, scope);
    }
}
