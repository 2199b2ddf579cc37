package io.muster.store.lane;

import io.muster.store.sealing.Octets;

/// A row of table `token`, new.
public record TokenRow(
        short slot,
        int tenant,
        Octets tokenId,
        Octets tokenBi,
        String enrollment,
        int uses,
        long createdAt,
        long expiresAt,
        Octets sealed) {

    /// It may be used.
    public static final short OPEN = 0;

    /// No key may use it that has not used it.
    public static final short REVOKED = 1;
}
