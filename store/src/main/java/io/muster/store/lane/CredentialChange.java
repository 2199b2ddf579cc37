package io.muster.store.lane;

import io.muster.store.sealing.Octets;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A certificate that stands elsewhere from now on.
///
/// @param end how it ended; null while it proves its device
public record CredentialChange(
        short slot,
        int tenant,
        Octets serialBi,
        short state,
        @Nullable End end) {

    /// What the CRL says of a certificate.
    ///
    /// @param reason number of RFC 5280 section 5.3.1
    public record End(Octets issuer, short shard, Octets serial, long notAfter, long at, short reason) {}

    static final Comparator<CredentialChange> KEY_ORDER = Comparator.comparingInt(CredentialChange::slot)
            .thenComparingInt(CredentialChange::tenant)
            .thenComparing(CredentialChange::serialBi);
}
