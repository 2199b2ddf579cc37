package io.muster.core.roster;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import java.time.Duration;
import java.time.Instant;

/// A token that an operator made for one registration id. Its text is shown once and is kept nowhere.
///
/// @param uses    how many different keys may use it
/// @param spent   how many have
public record OneTimeToken(
        TokenId id,
        Name tenant,
        Name enrollment,
        RegistrationId registrationId,
        int uses,
        int spent,
        boolean revoked,
        Instant createdAt,
        Instant expiresAt) {

    public static final int MAX_USES = 1000;
    public static final Duration STANDARD_LIFE = Duration.ofHours(24);
    public static final Duration MAX_LIFE = Duration.ofDays(365);
}
