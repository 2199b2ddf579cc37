package io.muster.attestors.tpm.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.attestors.tpm.structure.EndorsementKey;
import io.muster.attestors.tpm.structure.PublicArea;
import io.muster.attestors.tpm.structure.TpmKeyRules;
import io.muster.attestors.tpm.testkit.Maker;
import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.Swtpm;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Credentials that a TPM opens, and that it does not open.
class CredentialOnTpmTest {

    private static final byte[] SECRET =
            "thirty-two octets of a credential".substring(1).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path folder;

    private static Swtpm tpm;

    @BeforeAll
    static void there_is_a_tpm() throws Exception {
        assumeTrue(Swtpm.isInstalled(), "swtpm and tpm2-tools are not installed: no TPM opens our credentials");
        tpm = Swtpm.manufactured(folder);
        tpm.run("tpm2_createak -Q -C 0x81010001 -c ak.ctx -G ecc -g sha256 -s ecdsa");
        tpm.run("tpm2_createak -Q -C 0x81010001 -c other.ctx -G ecc -g sha256 -s ecdsa");
        tpm.run("tpm2_createek -Q -G ecc -c ek256.ctx");
    }

    @AfterAll
    static void it_is_stopped() throws Exception {
        if (tpm != null) {
            tpm.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void an_rsa_endorsement_key_opens_a_credential(Maker maker) throws Exception {
        Credential credential =
                new CredentialMaker(maker.primitives()).make(endorsement(Swtpm.RSA_ENDORSEMENT), ak().name(), SECRET);

        assertThat(credential.idObject().size()).isEqualTo(70);
        assertThat(credential.encryptedSecret().size()).isEqualTo(2 + 256);
        assertThat(tpm.activate("ak.ctx", Swtpm.RSA_ENDORSEMENT, true, credential))
                .isZero();
        assertThat(tpm.file("secret")).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void a_p384_endorsement_key_opens_a_credential(Maker maker) throws Exception {
        Credential credential =
                new CredentialMaker(maker.primitives()).make(endorsement(Swtpm.P384_ENDORSEMENT), ak().name(), SECRET);

        assertThat(credential.idObject().size()).isEqualTo(86);
        assertThat(credential.encryptedSecret().size()).isEqualTo(102);
        assertThat(tpm.activate("ak.ctx", Swtpm.P384_ENDORSEMENT, false, credential))
                .isZero();
        assertThat(tpm.file("secret")).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void a_p256_endorsement_key_opens_a_credential(Maker maker) throws Exception {
        Credential credential =
                new CredentialMaker(maker.primitives()).make(endorsement("ek256.ctx"), ak().name(), SECRET);

        assertThat(tpm.activate("ak.ctx", "ek256.ctx", true, credential)).isZero();
        assertThat(tpm.file("secret")).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        Swtpm.RSA_ENDORSEMENT + "," + Swtpm.RSA_CERTIFICATE,
        Swtpm.P384_ENDORSEMENT + "," + Swtpm.P384_CERTIFICATE
    })
    void the_endorsement_key_is_the_one_in_its_makers_certificate(String key, String certificate) throws Exception {
        byte[] der = tpm.certificate(certificate);
        assertThat(tpm.authorities()).hasSize(2);

        assertThat(endorsement(key).area().subjectPublicKeyInfo().toArray())
                .isEqualTo(CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der))
                        .getPublicKey()
                        .getEncoded());
    }

    @Test
    void a_credential_for_another_key_is_not_opened() throws Exception {
        Credential credential = new CredentialMaker(Primitives.ofPlatform())
                .make(endorsement(Swtpm.RSA_ENDORSEMENT), ak().name(), SECRET);

        assertThat(tpm.activate("other.ctx", Swtpm.RSA_ENDORSEMENT, true, credential))
                .isNotZero();
    }

    @Test
    void a_credential_for_another_endorsement_key_is_not_opened() throws Exception {
        Credential credential =
                new CredentialMaker(Primitives.ofPlatform()).make(endorsement("ek256.ctx"), ak().name(), SECRET);

        assertThat(tpm.activate("ak.ctx", Swtpm.RSA_ENDORSEMENT, true, credential))
                .isNotZero();
    }

    private static PublicArea ak() throws Exception {
        return Readings.area(tpm.publicArea("ak.ctx"));
    }

    private static EndorsementKey endorsement(String key) throws Exception {
        return Readings.value(TpmKeyRules.endorsement(Readings.area(tpm.publicArea(key))));
    }
}
