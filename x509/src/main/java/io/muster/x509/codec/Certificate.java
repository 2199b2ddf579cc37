package io.muster.x509.codec;

import io.muster.core.device.Bytes;
import java.math.BigInteger;
/// A certificate that was read: well-formed, within every bound, with a key and extensions that are understood. Nothing
/// is said yet about who signed it.
///
/// @param der         as it came
/// @param fingerprint SHA-256 of `der`
/// @param version     1, 2 or 3
/// @param serial      the number that its issuer gave it
/// @param issuer      who says so
/// @param subject     of whom
/// @param validity    from when until when
/// @param key         the subject's key
/// @param extensions  what else binds
/// @param seal        the issuer's signature

public record Certificate(
        Bytes der,
        Bytes fingerprint,
        int version,
        BigInteger serial,
        DistinguishedName issuer,
        DistinguishedName subject,
        Validity validity,
        SubjectKey key,
        Extensions extensions,
        Seal seal) {

    /// The longest certificate that is read, in bytes.
    public static final int MAX_BYTES = 16 * 1024;

    /// A signature and what it covers.
    ///
    /// @param scheme    how it was made
    /// @param algorithm the algorithm's OID, for messages
    /// @param covered   the bytes that were signed
    /// @param signature the signature itself
    public record Seal(SignatureScheme scheme, String algorithm, Bytes covered, Bytes signature) {}

    public boolean isSelfIssued() {
        return subject.matches(issuer);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate that && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }
}
