package io.muster.x509.codec;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A certificate revocation list (RFC 5280 section 5) that was read. Nothing is said yet about who signed it.
///
/// @param issuer     who says so
/// @param serials    the certificates of that issuer that are revoked
/// @param nextUpdate when the issuer publishes a newer list at the latest
/// @param seal       the issuer's signature
public record RevocationList(
        DistinguishedName issuer, Set<BigInteger> serials, Optional<Instant> nextUpdate, Certificate.Seal seal) {

    /// The longest list that is read, in bytes.
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    public RevocationList {
        serials = Set.copyOf(serials);
    }

    /// Whether the list speaks of certificates of this one's issuer.
    public boolean covers(Certificate certificate) {
        return issuer.matches(certificate.issuer());
    }

    public boolean isOutdated(Instant now) {
        return nextUpdate.filter(now::isAfter).isPresent();
    }

    public boolean revokes(Certificate certificate) {
        return covers(certificate) && serials.contains(certificate.serial());
    }

    @Override
    public String toString() {
        return serials.size() + " revocations by " + issuer;
    }
}
