package io.muster.core.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What makes a device the same device: the thing that its evidence proves possession of.
///
/// @param kind        the kind of evidence that proves it
/// @param fingerprint SHA-256 in lower-case hexadecimal over: the subject public key info (X.509, RFC 5280 section
///                    4.1.2.7; TPM, that of the endorsement key), or the canonical registration id
///                    (symmetric: any currently valid key proves it)
public record IdentityKey(Kind kind, String fingerprint) {

    /// The kinds of evidence that an identity key can come from.
    public enum Kind {
        X509,
        SYMMETRIC,
        TPM
    }

    /// The identity key of a certificate.
    ///
    /// @param subjectPublicKeyInfo the SPKI in DER
    public static IdentityKey ofPublicKey(byte[] subjectPublicKeyInfo) {
        return new IdentityKey(Kind.X509, sha256(subjectPublicKeyInfo));
    }

    /// The identity key of a board with a TPM: the public part of its endorsement key.
    ///
    /// @param subjectPublicKeyInfo the endorsement key's SPKI in DER, as its certificate has it
    public static IdentityKey ofEndorsementKey(byte[] subjectPublicKeyInfo) {
        return new IdentityKey(Kind.TPM, sha256(subjectPublicKeyInfo));
    }

    /// The identity key of a device that proves itself with a symmetric key.
    public static IdentityKey ofSymmetric(RegistrationId id) {
        return new IdentityKey(Kind.SYMMETRIC, sha256(id.canonical().getBytes(StandardCharsets.UTF_8)));
    }

    private static String sha256(byte[] input) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(input));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
