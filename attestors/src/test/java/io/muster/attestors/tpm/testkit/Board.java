package io.muster.attestors.tpm.testkit;

import io.muster.attestors.tpm.credential.Credential;
import io.muster.attestors.tpm.structure.Marshal;
import io.muster.core.device.Bytes;
import io.muster.core.device.Secret;
import io.muster.core.door.Challenge;
import io.muster.core.door.Evidence.TpmActivation;
import io.muster.core.door.Evidence.TpmCertifiedKey;
import io.muster.core.door.Evidence.TpmChip;
import io.muster.x509.testkit.CertificateSpec;
import io.muster.x509.testkit.TestAuthority;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/// A board with a TPM of software.
///
/// @param endorsement  made by the chip's maker
/// @param attestation  signs what the chip says
/// @param storage      under which keys are imported
/// @param operational  the device's own key, in the chip
/// @param certificate  of the endorsement key
public record Board(
        SoftKey endorsement, SoftKey attestation, SoftKey storage, SoftKey operational, Optional<Bytes> certificate) {

    public static final KeyPurposeId ENDORSEMENT = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.23.133.8.1"));

    /// What the alternative name of an endorsement certificate tells.
    public static final X500Name CHIP =
            new X500Name("2.23.133.2.1=id:00001014+2.23.133.2.2=Model 7+2.23.133.2.3=id:00010002");

    public static Board by(TestAuthority maker, SoftKey endorsement) {
        return new Board(
                endorsement,
                SoftKey.p256(),
                SoftKey.rsa(),
                SoftKey.p256(),
                Optional.of(certificate(maker, endorsement.keys(), spec -> spec)));
    }

    public Board with(Optional<Bytes> other) {
        return new Board(endorsement, attestation, storage, operational, other);
    }

    /// An endorsement certificate as makers issue it: without a subject, for ever.
    public static Bytes certificate(TestAuthority maker, KeyPair keys, UnaryOperator<CertificateSpec> wish) {
        boolean isRsa = keys.getPublic().getAlgorithm().equals("RSA");
        return maker.device(
                        "",
                        spec -> wish.apply(spec.subject(new X500Name(new RDN[0]))
                                .keys(keys)
                                .validUntil(Instant.parse("9999-12-31T23:59:59Z"))
                                .extension(
                                        Extension.keyUsage,
                                        true,
                                        new KeyUsage(isRsa ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement))
                                .extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(ENDORSEMENT))
                                .extension(
                                        Extension.subjectAlternativeName,
                                        true,
                                        new GeneralNames(new GeneralName(CHIP)))))
                .certificate();
    }

    public TpmChip attesting() {
        return chip(attestation.area(SoftKey.ATTESTATION, new byte[0]), TpmChip.Role.ATTESTATION);
    }

    public TpmChip storing() {
        return chip(storage.area(SoftKey.STORAGE, new byte[0]), TpmChip.Role.STORAGE_ROOT);
    }

    public TpmChip chip(byte[] protectedKey, TpmChip.Role role) {
        return new TpmChip(
                Bytes.of(endorsement.area(SoftKey.ENDORSEMENT, SoftKey.POLICY_A)),
                certificate,
                Bytes.of(protectedKey),
                role);
    }

    /// What the chip gives out for a challenge; nothing where the challenge is not for it.
    public Optional<Bytes> activate(Challenge challenge) {
        Challenge.Activate it = (Challenge.Activate) challenge;
        return new SoftTpm(endorsement)
                .activate(
                        Readings.area(attestation.area(SoftKey.ATTESTATION, new byte[0]))
                                .name(),
                        new Credential(it.credentialBlob(), it.encryptedSecret()));
    }

    public TpmActivation answer(Challenge challenge, Bytes continuation) {
        return new TpmActivation(continuation, activate(challenge).orElseThrow());
    }

    /// The attestation key's word for a key.
    public TpmCertifiedKey certify(SoftKey key, Bytes nonce) throws GeneralSecurityException {
        byte[] area = key.area(SoftKey.SIGNING, new byte[0]);
        byte[] attest = SoftKey.attestation(
                0xff544347L, 0x8017, nonce.toArray(), Readings.area(area).name().toArray());
        return new TpmCertifiedKey(
                Bytes.of(area), Bytes.of(new Marshal().sized(attest).octets()), Bytes.of(attestation.sign(attest)));
    }

    /// The key that the chip imports.
    public Optional<Secret> imported(Bytes blob) {
        Bytes name = Readings.area(storage.area(SoftKey.STORAGE, new byte[0])).name();
        return new SoftTpm(endorsement).imported(storage, name, blob);
    }
}
