package io.muster.attestors.tpm;

import io.muster.attestors.tpm.credential.CertifyCheck;
import io.muster.attestors.tpm.credential.CertifyVerdict;
import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.structure.AttestationKey;
import io.muster.attestors.tpm.structure.Certification;
import io.muster.attestors.tpm.structure.CertificationReader;
import io.muster.attestors.tpm.structure.PublicArea;
import io.muster.attestors.tpm.structure.PublicAreaReader;
import io.muster.attestors.tpm.structure.Reading;
import io.muster.attestors.tpm.structure.SigningKey;
import io.muster.attestors.tpm.structure.TpmKeyRules;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence.TpmCertifiedKey;
import java.util.Optional;

/// Whether the key of a certificate request lives in the chip of an attestation key.
final class CertifiedKeys {

    private final CertifyCheck check;

    CertifiedKeys(Primitives primitives) {
        this.check = new CertifyCheck(primitives);
    }

    /// What came of it.
    sealed interface Outcome {

        /// Nothing is certified, or nothing asked for: the device may have its key wherever it likes.
        record None() implements Outcome {}

        record Certified(IdentityKey key) implements Outcome {}

        record Wrong(String why) implements Outcome {}
    }

    /// A key that the server makes lives in no chip, whatever key the request is signed with.
    Outcome examine(EnrollmentRequest request, AttestationKey signer, Bytes nonce) {
        Optional<CertificateRequest> wanted = request.certificate().filter(it -> it.purpose() != Purpose.GENERATE_KEY);
        Optional<TpmCertifiedKey> shown = Shown.first(request, TpmCertifiedKey.class);
        return wanted.isEmpty() || shown.isEmpty()
                ? new Outcome.None()
                : examine(wanted.get(), shown.get(), signer, nonce);
    }

    private Outcome examine(CertificateRequest wanted, TpmCertifiedKey shown, AttestationKey signer, Bytes nonce) {
        return switch (PublicAreaReader.sized(shown.publicArea().toArray())) {
            case Reading.Refused<PublicArea> refused ->
                new Outcome.Wrong(refused.flaw().says());
            case Reading.Read<PublicArea> area ->
                area.value().subjectPublicKeyInfo().equals(wanted.publicKey())
                        ? examine(wanted, area.value(), shown, signer, nonce)
                        : new Outcome.Wrong("the certified key is not the key of the certificate request");
        };
    }

    private Outcome examine(
            CertificateRequest wanted, PublicArea area, TpmCertifiedKey shown, AttestationKey signer, Bytes nonce) {
        return switch (TpmKeyRules.signing(area)) {
            case Reading.Refused<SigningKey> refused ->
                new Outcome.Wrong(refused.flaw().says());
            case Reading.Read<SigningKey> key ->
                switch (CertificationReader.sized(shown.attestation().toArray())) {
                    case Reading.Refused<Certification> refused ->
                        new Outcome.Wrong(refused.flaw().says());
                    case Reading.Read<Certification> read -> {
                        Bytes attest = read.value().marshaled();
                        yield switch (check.check(
                                signer, nonce, new CertifyCheck.Claim(key.value(), attest, shown.signature()))) {
                            case CertifyVerdict.Rejected rejected ->
                                new Outcome.Wrong(rejected.finding().says());
                            case CertifyVerdict.Certified ignored -> new Outcome.Certified(wanted.key());
                        };
                    }
                };
        };
    }
}
