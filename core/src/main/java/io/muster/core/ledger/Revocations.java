package io.muster.core.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import io.muster.core.ledger.Certificates.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/// What the CRLs are made of. Throws [LedgerUnavailable] as the ledger does.
public interface Revocations {

    /// The CRL of a shard, while it tells all that is committed and is not due; else a new one is made by `sign`,
    /// kept under the next number, and returned. One caller of all nodes makes it, the others wait for it. Empty
    /// where no certificate was ever issued under that issuer.
    ///
    /// @param issuer key identifier of the authority, lower-case hexadecimal
    /// @param life from a CRL's issue to its `nextUpdate`; it is due for a successor after half of that
    Optional<Bytes> crl(String issuer, int shard, Duration life, Signing sign);

    /// Signs a CRL.
    interface Signing {
        Bytes sign(Name tenant, Frame frame, Entries entries);
    }

    /// @param number increases by every CRL of the issuer's shard
    record Frame(String issuer, int shard, long number, Instant thisUpdate, Instant nextUpdate) {}

    /// What it names, read as it is needed: there may be millions.
    interface Entries {
        void forEach(Consumer<Entry> each);
    }

    record Entry(Serial serial, Instant at, Reason reason) {}
}
