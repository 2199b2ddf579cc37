package io.muster.attestors.tpm.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.structure.AttestationKey;
import io.muster.attestors.tpm.structure.Flaw;
import io.muster.attestors.tpm.structure.SigningKey;
import io.muster.attestors.tpm.structure.TpmKeyRules;
import io.muster.attestors.tpm.testkit.Maker;
import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.Recorded;
import io.muster.attestors.tpm.testkit.SoftKey;
import io.muster.core.device.Bytes;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Recorded certifications, and what a forger can sign with a key of his own.
class CertifyCheckTest {

    private static final long GENERATED = 0xff544347L;
    private static final int CERTIFY = 0x8017;
    private static final SoftKey RSA = SoftKey.rsa();
    private static final SoftKey P256 = SoftKey.p256();
    private static final byte[] NO_POLICY = {};

    private final Bytes nonce = Bytes.of(HexFormat.of().parseHex("00ff55aa"));
    private final SigningKey key = Readings.value(TpmKeyRules.signing(Readings.area(Recorded.octets("signing.p256"))));
    private final AttestationKey signer = attestation(Recorded.octets("attestation.p256"));
    private final CertifyCheck check = new CertifyCheck(Primitives.ofPlatform());

    @ParameterizedTest
    @EnumSource(Maker.class)
    void a_recorded_certification_is_good(Maker maker) {
        CertifyVerdict verdict = new CertifyCheck(maker.primitives()).check(signer, nonce, recorded("certify"));

        assertThat(verdict).isInstanceOf(CertifyVerdict.Certified.class);
    }

    @ParameterizedTest
    @EnumSource(Maker.class)
    void a_certification_that_is_altered_anywhere_is_rejected(Maker maker) {
        CertifyCheck anyCheck = new CertifyCheck(maker.primitives());
        CertifyCheck.Claim good = recorded("certify");
        for (int at = 0; at < good.tpmsAttest().size(); at += 7) {
            byte[] altered = good.tpmsAttest().toArray();
            altered[at] ^= 1;
            CertifyCheck.Claim claim = new CertifyCheck.Claim(key, Bytes.of(altered), good.tpmtSignature());

            assertThat(anyCheck.check(signer, nonce, claim))
                    .as("altered at %d", at)
                    .isInstanceOf(CertifyVerdict.Rejected.class);
        }
    }

    @Test
    void a_certification_or_a_signature_cut_short_anywhere_is_rejected() {
        CertifyCheck.Claim good = recorded("certify");
        for (int length = 0; length < good.tpmsAttest().size(); length++) {
            Bytes cut = Bytes.of(Arrays.copyOf(good.tpmsAttest().toArray(), length));
            assertThat(finding(signer, new CertifyCheck.Claim(key, cut, good.tpmtSignature())))
                    .isInstanceOf(CertifyFinding.NoCertification.class);
        }
        for (int length = 0; length < good.tpmtSignature().size(); length++) {
            Bytes cut = Bytes.of(Arrays.copyOf(good.tpmtSignature().toArray(), length));
            assertThat(finding(signer, new CertifyCheck.Claim(key, good.tpmsAttest(), cut)))
                    .isInstanceOf(CertifyFinding.NoSignature.class);
        }
    }

    @Test
    void a_recorded_quote_is_rejected_as_a_quote() {
        assertThat(finding(signer, recorded("quote")))
                .isInstanceOfSatisfying(CertifyFinding.NoCertification.class, finding -> assertThat(finding.flaw())
                        .isInstanceOf(Flaw.NotACertification.class));
    }

    @Test
    void what_no_tpm_wrote_is_rejected_though_it_is_well_signed() throws Exception {
        assertThat(finding(soft(P256), signed(P256, 0xff544348L, CERTIFY, nonce.toArray(), name())))
                .isEqualTo(new CertifyFinding.NoCertification(new Flaw.NotFromTpm("ff544348")));
    }

    @Test
    void keys_of_both_kinds_certify() throws Exception {
        for (SoftKey soft : new SoftKey[] {RSA, P256}) {
            assertThat(check.check(soft(soft), nonce, signed(soft, GENERATED, CERTIFY, nonce.toArray(), name())))
                    .isInstanceOf(CertifyVerdict.Certified.class);
        }
    }

    @Test
    void another_scheme_than_the_attestation_keys_is_rejected() throws Exception {
        assertThat(finding(soft(P256), signed(RSA, GENERATED, CERTIFY, nonce.toArray(), name())))
                .isInstanceOf(CertifyFinding.OtherScheme.class);
    }

    @Test
    void another_signer_nonce_or_key_is_rejected_each_for_its_own_reason() throws Exception {
        assertThat(finding(soft(SoftKey.p256()), signed(P256, GENERATED, CERTIFY, nonce.toArray(), name())))
                .isInstanceOf(CertifyFinding.OtherSigner.class);
        assertThat(finding(soft(P256), signed(P256, GENERATED, CERTIFY, new byte[4], name())))
                .isInstanceOf(CertifyFinding.OtherNonce.class);
        assertThat(finding(soft(P256), signed(P256, GENERATED, CERTIFY, nonce.toArray(), new byte[34])))
                .isInstanceOf(CertifyFinding.OtherKey.class);
    }

    @Test
    void the_signature_is_judged_before_what_it_signs() throws Exception {
        assertThat(finding(soft(SoftKey.p256()), signed(P256, GENERATED, CERTIFY, new byte[4], new byte[34])))
                .isInstanceOf(CertifyFinding.OtherSigner.class);
    }

    private byte[] name() {
        return key.area().name().toArray();
    }

    private CertifyCheck.Claim recorded(String name) {
        return new CertifyCheck.Claim(
                key, Bytes.of(Recorded.octets(name)), Bytes.of(Recorded.octets(name + ".signature")));
    }

    private CertifyCheck.Claim signed(SoftKey soft, long magic, int type, byte[] extraData, byte[] name)
            throws Exception {
        byte[] attest = SoftKey.attestation(magic, type, extraData, name);
        return new CertifyCheck.Claim(key, Bytes.of(attest), Bytes.of(soft.sign(attest)));
    }

    private CertifyFinding finding(AttestationKey by, CertifyCheck.Claim claim) {
        CertifyVerdict verdict = check.check(by, nonce, claim);
        assertThat(verdict).isInstanceOf(CertifyVerdict.Rejected.class);
        CertifyFinding finding = ((CertifyVerdict.Rejected) verdict).finding();
        assertThat(finding.code()).startsWith("tpm_");
        assertThat(finding.says()).isNotBlank();
        return finding;
    }

    private static AttestationKey soft(SoftKey soft) {
        return attestation(soft.area(SoftKey.ATTESTATION, NO_POLICY));
    }

    private static AttestationKey attestation(byte[] tpm2bPublic) {
        return Readings.value(TpmKeyRules.attestation(Readings.area(tpm2bPublic)));
    }
}
