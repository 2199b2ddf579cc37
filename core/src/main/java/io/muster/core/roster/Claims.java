package io.muster.core.roster;

import io.muster.core.access.Scope;
import io.muster.core.access.Warrant;
import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Claim credentials. What is returned is durable. Called by any number of threads. Throws
/// [io.muster.core.ledger.LedgerUnavailable] where the store cannot be reached.
public interface Claims {

    /// Every claim with that certificate, in any tenant, the revoked ones too: usually one. The answer may be old
    /// when it is used: a create checks again at its commit.
    ///
    /// @param fingerprint SHA-256 of the certificate, lower-case hexadecimal
    List<Claim> holding(String fingerprint);

    /// Ties a certificate to an enrollment. [Registered.Missing] where there is no such group enrollment or it takes no
    /// claims, [Registered.Exists] where the tenant has a claim of that name or with that certificate.
    Registered<Claim> make(Order order, Warrant warrant);

    /// Claims of a tenant by name.
    ///
    /// @param scope only those for enrollments that it covers; regions do not narrow
    /// @param after the last name of the page before
    /// @param limit 1 to 1000
    List<Claim> list(Name tenant, Scope scope, Optional<Name> after, int limit);

    Optional<Claim> find(Name tenant, Name name);

    /// Revokes a claim: nothing is created with it from then on, on any node. Revoking again changes nothing.
    Registered<Claim> revoke(Name tenant, Name name, Warrant warrant);

    /// @param certificate DER
    /// @param notAfter    end of the claim
    record Order(Name tenant, Name name, Name enrollment, Bytes certificate, Claim.Budget budget, Instant notAfter) {}
}
