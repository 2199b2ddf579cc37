package io.muster.attestors.tpm.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.attestors.tpm.structure.AttestationKey;
import io.muster.attestors.tpm.structure.Flaw;
import io.muster.attestors.tpm.structure.KeyAttribute;
import io.muster.attestors.tpm.structure.SigningKey;
import io.muster.attestors.tpm.structure.TpmKeyRules;
import io.muster.attestors.tpm.testkit.Maker;
import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.Swtpm;
import io.muster.core.device.Bytes;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Certifications by a TPM, good ones and such that a device with that TPM could try to pass off as good.
class CertifyOnTpmTest {

    private static final Bytes NONCE =
            Bytes.of(HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"));

    private static final long KEY = 0x81000100L;
    private static final long OTHER_KEY = 0x81000101L;
    private static final long UNRESTRICTED = 0x81000102L;
    private static final long ECDSA = 0x81010100L;
    private static final long OTHER_ECDSA = 0x81010101L;

    @TempDir
    static Path folder;

    private static Swtpm tpm;

    private final CertifyCheck check = new CertifyCheck(Primitives.ofPlatform());

    @BeforeAll
    static void there_is_a_tpm_with_keys() throws Exception {
        assumeTrue(Swtpm.isInstalled(), "swtpm and tpm2-tools are not installed: no TPM certifies keys");
        tpm = Swtpm.manufactured(folder);
        tpm.run("tpm2_createprimary -Q -C o -c srk.ctx -G rsa2048");
        signingKey("ecc256", KEY);
        signingKey("ecc256", OTHER_KEY);
        attestationKey("ecc -g sha256 -s ecdsa", ECDSA);
        attestationKey("ecc -g sha256 -s ecdsa", OTHER_ECDSA);
    }

    @AfterAll
    static void it_is_stopped() throws Exception {
        if (tpm != null) {
            tpm.close();
        }
    }

    private static void signingKey(String algorithm, long handle) throws Exception {
        tpm.run("tpm2_create -Q -C srk.ctx -G " + algorithm + " -u key.pub -r key.priv");
        tpm.run("tpm2_load -Q -C srk.ctx -u key.pub -r key.priv -c key.ctx");
        tpm.run("tpm2_evictcontrol -Q -C o -c key.ctx " + handle(handle));
    }

    private static void attestationKey(String options, long handle) throws Exception {
        tpm.run("tpm2_createak -Q -C 0x81010001 -c ak.ctx -G " + options);
        tpm.run("tpm2_evictcontrol -Q -C o -c ak.ctx " + handle(handle));
    }

    @Test
    void a_key_of_the_tpm_is_certified() throws Exception {
        CertifyVerdict verdict = check.check(attestation(ECDSA), NONCE, claim(KEY, ECDSA, NONCE));

        assertThat(verdict).isInstanceOf(CertifyVerdict.Certified.class);
        CertifyVerdict.Certified certified = (CertifyVerdict.Certified) verdict;
        assertThat(certified.key().area().marshaled())
                .isEqualTo(signing(KEY).area().marshaled());
    }

    @ParameterizedTest
    @CsvSource({
        "rsa -g sha256 -s rsassa, 0x81010110",
        "rsa -g sha256 -s rsapss, 0x81010111",
        "ecc384 -g sha384 -s ecdsa, 0x81010112"
    })
    void attestation_keys_of_every_kind_certify(String options, String handle) throws Exception {
        long signer = Long.decode(handle);
        attestationKey(options, signer);

        CertifyCheck.Claim claim = claim(KEY, signer, NONCE);

        for (Maker maker : Maker.values()) {
            CertifyCheck anyCheck = new CertifyCheck(maker.primitives());
            assertThat(anyCheck.check(attestation(signer), NONCE, claim)).isInstanceOf(CertifyVerdict.Certified.class);
            assertThat(finding(anyCheck.check(attestation(signer), NONCE, altered(claim))))
                    .isInstanceOf(CertifyFinding.OtherSigner.class);
        }
        tpm.run("tpm2_evictcontrol -Q -C o -c " + handle);
    }

    @Test
    void a_certification_for_another_challenge_is_rejected() throws Exception {
        Bytes other = Bytes.of(new byte[32]);

        assertThat(finding(check.check(attestation(ECDSA), NONCE, claim(KEY, ECDSA, other))))
                .isInstanceOf(CertifyFinding.OtherNonce.class);
        assertThat(finding(check.check(attestation(ECDSA), NONCE, claim(KEY, ECDSA, Bytes.of(new byte[0])))))
                .isInstanceOf(CertifyFinding.OtherNonce.class);
    }

    @Test
    void a_certification_of_another_key_is_rejected() throws Exception {
        CertifyCheck.Claim real = claim(KEY, ECDSA, NONCE);
        CertifyCheck.Claim forged = new CertifyCheck.Claim(signing(OTHER_KEY), real.tpmsAttest(), real.tpmtSignature());

        assertThat(finding(check.check(attestation(ECDSA), NONCE, forged))).isInstanceOf(CertifyFinding.OtherKey.class);
    }

    @Test
    void a_certification_by_another_attestation_key_is_rejected() throws Exception {
        assertThat(finding(check.check(attestation(ECDSA), NONCE, claim(KEY, OTHER_ECDSA, NONCE))))
                .isInstanceOf(CertifyFinding.OtherSigner.class);
    }

    @Test
    void a_quote_in_place_of_a_certification_is_rejected() throws Exception {
        tpm.run("tpm2_quote -Q -c " + handle(ECDSA) + " -l sha256:0 -q " + NONCE.hex()
                + " -m quote -s quote.sig -f tss -g sha256");
        CertifyCheck.Claim quote =
                new CertifyCheck.Claim(signing(KEY), Bytes.of(tpm.file("quote")), Bytes.of(tpm.file("quote.sig")));

        assertThat(finding(check.check(attestation(ECDSA), NONCE, quote)))
                .isInstanceOfSatisfying(CertifyFinding.NoCertification.class, finding -> assertThat(finding.flaw())
                        .isInstanceOf(Flaw.NotACertification.class));
    }

    @Test
    void a_certification_by_a_key_that_signs_anything_is_not_even_looked_at() throws Exception {
        signingKey("ecc256:ecdsa-sha256", UNRESTRICTED);
        assertThat(tpm.certify(KEY, UNRESTRICTED, NONCE.toArray()).signature().size())
                .isPositive();

        assertThat(Readings.flaw(TpmKeyRules.attestation(Readings.area(tpm.publicArea(handle(UNRESTRICTED))))))
                .isEqualTo(new Flaw.AttributeMissing("the attestation key", KeyAttribute.RESTRICTED));
    }

    private static CertifyCheck.Claim claim(long key, long signer, Bytes nonce) throws Exception {
        Swtpm.Certified certified = tpm.certify(key, signer, nonce.toArray());
        return new CertifyCheck.Claim(signing(key), certified.attestation(), certified.signature());
    }

    private static CertifyCheck.Claim altered(CertifyCheck.Claim claim) {
        byte[] attest = claim.tpmsAttest().toArray();
        attest[attest.length - 1] ^= 1;
        return new CertifyCheck.Claim(claim.key(), Bytes.of(attest), claim.tpmtSignature());
    }

    private static CertifyFinding finding(CertifyVerdict verdict) {
        assertThat(verdict).isInstanceOf(CertifyVerdict.Rejected.class);
        CertifyFinding finding = ((CertifyVerdict.Rejected) verdict).finding();
        assertThat(finding.says()).isNotBlank();
        return finding;
    }

    private static AttestationKey attestation(long handle) throws Exception {
        return Readings.value(TpmKeyRules.attestation(Readings.area(tpm.publicArea(handle(handle)))));
    }

    private static SigningKey signing(long handle) throws Exception {
        return Readings.value(TpmKeyRules.signing(Readings.area(tpm.publicArea(handle(handle)))));
    }

    private static String handle(long handle) {
        return "0x" + Long.toHexString(handle);
    }
}
