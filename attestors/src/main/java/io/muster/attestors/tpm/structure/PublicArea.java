package io.muster.attestors.tpm.structure;

import io.muster.core.device.Bytes;
import java.util.Optional;
import java.util.OptionalInt;

/// The public area of a key (TPM 2.0 Library, Part 2, TPMT_PUBLIC).
///
/// @param nameAlgorithm the digest of the key's name, and of whatever it protects
/// @param authPolicy    empty, or a digest of `nameAlgorithm`
/// @param storageBits   of a storage key: how long the AES-CFB key is under which it protects others
/// @param scheme        of a signing key whose scheme is fixed
/// @param marshaled     the octets as they came: the name covers them
public record PublicArea(
        HashAlgorithm nameAlgorithm,
        KeyAttributes attributes,
        Bytes authPolicy,
        OptionalInt storageBits,
        Optional<SigningScheme> scheme,
        PublicKeyPart key,
        Bytes marshaled) {

    /// What the TPM calls this key: the digest of its public area, with the number of the key's own digest in front
    /// (TPM 2.0 Library, Part 1, section "Names").
    public Bytes name() {
        byte[] digest = nameAlgorithm.digest(marshaled.toArray());
        return Bytes.of(new Marshal().u16(nameAlgorithm.code()).raw(digest).octets());
    }

    /// The public area with its size in front, as TPM2B_PUBLIC.
    public Bytes sized() {
        return Bytes.of(new Marshal().sized(marshaled).octets());
    }

    /// The key as certificates hold it, in DER.
    public Bytes subjectPublicKeyInfo() {
        return Bytes.of(SubjectPublicKeyInfo.of(key));
    }
}
