package io.muster.core.roster;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One-time tokens. What is returned is durable. Called by any number of threads. Throws
/// [io.muster.core.ledger.LedgerUnavailable] where the store cannot be reached.
public interface Tokens {

    /// The token of that text in a tenant, and whether this key has used it; empty for an unknown text. The answer
    /// may be old when it is used: the commit checks again.
    Optional<Found> find(Name tenant, String text, IdentityKey key);

    /// Makes a token. [Registered.Missing] where there is no such enrollment, or it takes no tokens.
    Registered<Made> make(Order order, Warrant warrant);

    /// Tokens of a tenant, newest last, those that expired not long ago among them.
    ///
    /// @param scope only those for enrollments that it covers; regions do not narrow
    /// @param after the last one of the page before
    /// @param limit 1 to 1000
    List<OneTimeToken> list(Name tenant, Scope scope, Optional<TokenId> after, int limit);

    /// The same for whoever sees all of the tenant.
    default List<OneTimeToken> list(Name tenant, Optional<TokenId> after, int limit) {
        return list(tenant, Scope.of(tenant), after, limit);
    }

    /// One token by its number; empty where it is not kept, or is another tenant's.
    Optional<OneTimeToken> find(Name tenant, TokenId id);

    /// Revokes a token: no key that has not used it may. Revoking again changes nothing.
    Registered<OneTimeToken> revoke(Name tenant, TokenId id, Warrant warrant);

    /// @param used whether the key has used it before
    record Found(OneTimeToken token, boolean used) {}

    /// @param uses 1 to [OneTimeToken#MAX_USES]
    record Order(Name tenant, Name enrollment, RegistrationId registrationId, int uses, Instant expiresAt) {}

    /// @param text what the device shows: printable ASCII; this is the only time that anybody sees it
    record Made(OneTimeToken token, Secret text) {}
}
