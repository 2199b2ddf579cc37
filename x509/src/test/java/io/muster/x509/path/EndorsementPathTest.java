package io.muster.x509.path;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.x509.codec.RevocationListReader;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.security.KeyPair;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/// Certificates of endorsement keys: another use than that of a TLS client.
class EndorsementPathTest {

    private static final ExtendedKeyUsage ENDORSEMENT =
            new ExtendedKeyUsage(KeyPurposeId.getInstance(new ASN1ObjectIdentifier("2.23.133.8.1")));
    private static final TestAuthority MAKER = TestAuthority.root("Maker");
    private static final KeyPair RSA = TestKeys.rsa(2048);

    private final ChainValidator validator = new ChainValidator(SignatureEngine.choose());

    @Test
    void an_endorsement_certificate_is_none_of_a_tls_client_and_the_other_way_round() {
        TestAuthority.Issued endorsement = certificate(RSA, KeyUsage.keyEncipherment);
        TestAuthority.Issued client = MAKER.device("pump-1");

        assertThat(validate(endorsement, CertificateUse.TPM_ENDORSEMENT)).isInstanceOf(Validation.Valid.class);
        assertThat(finding(endorsement, CertificateUse.TLS_CLIENT)).isInstanceOf(PathFinding.NotForClientAuth.class);
        assertThat(validate(client, CertificateUse.TLS_CLIENT)).isInstanceOf(Validation.Valid.class);
        assertThat(finding(client, CertificateUse.TPM_ENDORSEMENT)).isInstanceOf(PathFinding.NotForEndorsement.class);
    }

    @Test
    void the_key_usage_fits_the_kind_of_key() {
        KeyPair p256 = TestKeys.p256();

        assertThat(validate(certificate(p256, KeyUsage.keyAgreement), CertificateUse.TPM_ENDORSEMENT))
                .isInstanceOf(Validation.Valid.class);
        assertThat(finding(certificate(p256, KeyUsage.keyEncipherment), CertificateUse.TPM_ENDORSEMENT))
                .isInstanceOf(PathFinding.NotForEndorsement.class);
        assertThat(finding(certificate(RSA, KeyUsage.keyAgreement), CertificateUse.TPM_ENDORSEMENT))
                .isInstanceOf(PathFinding.NotForEndorsement.class);
    }

    @Test
    void a_list_of_the_anchor_revokes_and_a_list_of_a_namesake_does_not() throws Exception {
        TestAuthority.Issued issued = certificate(RSA, KeyUsage.keyEncipherment);
        Validation.Valid valid = (Validation.Valid) validate(issued, CertificateUse.TPM_ENDORSEMENT);
        Revocations own = revocations(MAKER, valid);
        Revocations forged = revocations(TestAuthority.root("Maker"), valid);

        assertThat(own.firstRevoked(valid.path())).contains(valid.leaf());
        assertThat(own.firstRevoked(List.of(valid.anchor()))).isEmpty();
        assertThat(own.ignored()).isZero();
        assertThat(forged.firstRevoked(valid.path())).isEmpty();
        assertThat(forged.ignored()).isEqualTo(1);
    }

    private Revocations revocations(TestAuthority signer, Validation.Valid valid) throws Exception {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(signer.name(), Date.from(NOW));
        builder.addCRLEntry(valid.leaf().serial(), Date.from(NOW), CRLReason.keyCompromise);
        byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(signer.keys().getPrivate()))
                .getEncoded();
        return validator.revocations(
                anchors(), List.of(RevocationListReader.read(der).orElseThrow()));
    }

    private static TestAuthority.Issued certificate(KeyPair keys, int usage) {
        return MAKER.device("chip", spec -> spec.keys(keys)
                .extension(Extension.keyUsage, true, new KeyUsage(usage))
                .extension(Extension.extendedKeyUsage, false, ENDORSEMENT));
    }

    private PathFinding finding(TestAuthority.Issued issued, CertificateUse use) {
        return ((Validation.Invalid) validate(issued, use)).finding();
    }

    private Validation validate(TestAuthority.Issued issued, CertificateUse use) {
        PresentedChain chain = ((PresentedChain.Outcome.Understood) PresentedChain.read(List.of(issued.der()))).chain();
        return validator.validate(chain, anchors(), use, NOW);
    }

    private static TrustAnchors anchors() {
        return new TrustAnchors(List.of(Chains.certificate(MAKER.der())));
    }
}
