package io.muster.core.issuance;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import java.util.List;
import java.util.Optional;

/// Where the authorities of the tenants are kept: sealed, and shared by all nodes of the cell. What is returned is
/// durable. Throws [io.muster.core.ledger.LedgerUnavailable] where the store cannot be reached.
public interface AuthorityVault {

    /// The newest authority of a tenant; empty until one was kept.
    Optional<Kept> newest(Name tenant);

    /// Every authority that ever signed for a tenant, the newest first.
    List<Kept> all(Name tenant);

    /// The authority with that key identifier, and whose it is.
    Optional<Kept> find(String issuer);

    /// Keeps the first authority of a tenant; where another node was faster, its authority is returned and this one
    /// is thrown away.
    Kept keepFirst(Kept made);

    /// A tenant's root and issuing authority.
    ///
    /// @param generation  from 1
    /// @param issuer      key identifier of the issuing authority, lower-case hexadecimal
    /// @param root        DER
    /// @param rootKey     PKCS#8
    /// @param issuing     DER
    /// @param issuingKey  PKCS#8
    record Kept(
            Name tenant, int generation, String issuer, Bytes root, Secret rootKey, Bytes issuing, Secret issuingKey) {}
}
