package io.muster.core.issuance;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Signs certificates with a tenant's issuing authority, which is made at its first use.
///
/// An implementer proves possession before it does anything else, lints the exact bytes that it is going to sign and
/// signs nothing that has a finding, and lets no certificate outlive its issuer. Called by any number of threads.
/// Throws [io.muster.core.ledger.LedgerUnavailable] where the authority's key cannot be reached.
public interface Issuer {

    Result sign(Order order);

    /// The newest issuing authority of a tenant and its root, DER, in this order.
    List<Bytes> authorities(Name tenant);

    /// Whose issuing authority that is; empty where it is nobody's here.
    ///
    /// @param issuer key identifier, lower-case hexadecimal
    Optional<Name> tenant(String issuer);

    /// The issuing authority of that key identifier and its root, DER, in this order.
    List<Bytes> chain(Name tenant, String issuer);

    /// What came of an order.
    sealed interface Result {

        /// @param certificate DER; it has left nobody's hands yet
        /// @param subject     its subject in comparable form
        /// @param notAfter    end of its validity, as signed
        /// @param issuer      key identifier of the authority, lower-case hexadecimal
        /// @param shard       the part of the issuer's CRL that would name it
        /// @param key         the SubjectPublicKeyInfo that is certified, DER
        /// @param privateKey  PKCS#8, where the order was to make the key
        record Signed(
                Bytes certificate,
                List<Bytes> chain,
                String subject,
                Instant notAfter,
                String issuer,
                int shard,
                Bytes key,
                Optional<Secret> privateKey)
                implements Result {
            public Signed {
                chain = List.copyOf(chain);
            }
        }

        /// The request is not signed by the key in it.
        record PossessionUnproved() implements Result {}

        /// A name that nobody but this installation or another device may have.
        record NameForbidden(String name, String why) implements Result {}

        /// The certificate broke a rule; nothing was signed.
        record Linted(String rule, String finding) implements Result {}
    }
}
