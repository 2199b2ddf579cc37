package io.muster.attestors.tpm.credential;

import io.muster.attestors.tpm.structure.AttestationKey;
import io.muster.attestors.tpm.structure.Certification;
import io.muster.attestors.tpm.structure.CertificationReader;
import io.muster.attestors.tpm.structure.HashAlgorithm;
import io.muster.attestors.tpm.structure.PublicArea;
import io.muster.attestors.tpm.structure.Reading;
import io.muster.attestors.tpm.structure.SigningKey;
import io.muster.attestors.tpm.structure.TpmSignature;
import io.muster.attestors.tpm.structure.TpmSignatureReader;
import io.muster.core.device.Bytes;
import java.security.MessageDigest;
import java.util.Optional;

/// Checks what TPM2_Certify gave: that the TPM of an attestation key holds a signing key (TPM 2.0 Library, Part 3,
/// TPM2_Certify).
public final class CertifyCheck {

    private final Primitives primitives;

    public CertifyCheck(Primitives primitives) {
        this.primitives = primitives;
    }

    /// @param tpmsAttest    what was signed
    /// @param tpmtSignature the signature over it
    public record Claim(SigningKey key, Bytes tpmsAttest, Bytes tpmtSignature) {}

    /// Always in this order: the forms, the signature, the nonce, the key.
    ///
    /// @param signer a key whose credential was activated
    /// @param nonce  what the challenge demanded to be signed along
    public CertifyVerdict check(AttestationKey signer, Bytes nonce, Claim claim) {
        return switch (CertificationReader.bare(claim.tpmsAttest().toArray())) {
            case Reading.Refused<Certification> refused ->
                new CertifyVerdict.Rejected(new CertifyFinding.NoCertification(refused.flaw()));
            case Reading.Read<Certification> read -> check(signer, nonce, claim, read.value());
        };
    }

    private CertifyVerdict check(AttestationKey signer, Bytes nonce, Claim claim, Certification certification) {
        return switch (TpmSignatureReader.read(claim.tpmtSignature().toArray())) {
            case Reading.Refused<TpmSignature> refused ->
                new CertifyVerdict.Rejected(new CertifyFinding.NoSignature(refused.flaw()));
            case Reading.Read<TpmSignature> signature ->
                finding(signer.area(), nonce, claim.key(), certification, signature.value())
                        .<CertifyVerdict>map(CertifyVerdict.Rejected::new)
                        .orElseGet(() -> new CertifyVerdict.Certified(claim.key(), certification));
        };
    }

    private Optional<CertifyFinding> finding(
            PublicArea signer, Bytes nonce, SigningKey key, Certification certification, TpmSignature signature) {
        if (!signer.scheme().equals(Optional.of(signature.scheme()))) {
            return Optional.of(new CertifyFinding.OtherScheme());
        }
        if (!isSignedBy(signer, certification, signature)) {
            return Optional.of(new CertifyFinding.OtherSigner());
        }
        if (!isSame(certification.extraData(), nonce)) {
            return Optional.of(new CertifyFinding.OtherNonce());
        }
        if (!isSame(certification.name(), key.area().name())) {
            return Optional.of(new CertifyFinding.OtherKey());
        }
        return Optional.empty();
    }

    private boolean isSignedBy(PublicArea signer, Certification certification, TpmSignature signature) {
        byte[] message = certification.marshaled().toArray();
        byte[] value = signature.value().toArray();
        HashAlgorithm hash = signature.scheme().hash();
        String digest = hash.digestName().replace("-", "");
        return switch (signature.scheme().algorithm()) {
            case RSASSA -> primitives.verifies(signer, digest + "withRSA", message, value);
            case ECDSA -> primitives.verifies(signer, digest + "withECDSA", message, value);
            case RSAPSS -> isPssSignedBy(signer, hash, message, value);
        };
    }

    /// TPM 2.0 Library, Part 1, annex B.7: the salt is as long as the digest or, in TPMs that need not heed FIPS
    /// 186-4, as long as there is room.
    private boolean isPssSignedBy(PublicArea signer, HashAlgorithm hash, byte[] message, byte[] value) {
        int longest = value.length - hash.bytes() - 2;
        return primitives.verifies(signer, hash, hash.bytes(), message, value)
                || primitives.verifies(signer, hash, longest, message, value);
    }

    private static boolean isSame(Bytes one, Bytes other) {
        return MessageDigest.isEqual(one.toArray(), other.toArray());
    }
}
