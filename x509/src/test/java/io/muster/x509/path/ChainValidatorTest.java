package io.muster.x509.path;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.x509.codec.CommonName;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.path.PathFinding.BadSignature;
import io.muster.x509.path.PathFinding.CaKeyDiffers;
import io.muster.x509.path.PathFinding.CaUnknown;
import io.muster.x509.path.PathFinding.CertificateExpired;
import io.muster.x509.path.PathFinding.CertificateNotYetValid;
import io.muster.x509.path.PathFinding.ChainIncomplete;
import io.muster.x509.path.PathFinding.NoCertificate;
import io.muster.x509.path.PathFinding.NotACa;
import io.muster.x509.path.PathFinding.NotForClientAuth;
import io.muster.x509.path.PathFinding.PathLengthExceeded;
import io.muster.x509.path.PathFinding.PathTooLong;
import io.muster.x509.path.PathFinding.TooManyCertificates;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChainValidatorTest {

    private final TestAuthority root = TestAuthority.root("Maker Root");
    private final TestAuthority line = root.intermediate("Line 7");
    private final Chains chains = new Chains(SignatureEngine.choose());

    @Test
    void a_device_of_the_anchor_itself_is_valid() {
        Validation.Valid valid = chains.valid(root, root.device("pump-1").der());

        assertThat(valid.path()).hasSize(2);
        assertThat(valid.leaf().subject().commonName()).isEqualTo(new CommonName.Named("pump-1"));
        assertThat(valid.anchor().subject().text()).isEqualTo("CN=Maker Root");
    }

    @Test
    void a_device_of_an_intermediate_is_valid() {
        assertThat(chains.valid(root, line.device("pump-1").der(), line.der()).path())
                .hasSize(3);
    }

    @Test
    void the_anchor_may_be_an_intermediate_whether_its_root_is_presented_or_not() {
        byte[] device = line.device("pump-1").der();

        assertThat(chains.valid(line, device).path()).hasSize(2);
        assertThat(chains.valid(line, device, line.der(), root.der()).path()).hasSize(2);
    }

    @Test
    void intermediates_may_come_in_any_order_with_duplicates_and_strangers_among_them() {
        TestAuthority deeper = line.intermediate("Cell 3");
        TestAuthority stranger = TestAuthority.root("Stranger");
        List<byte[]> rest = new ArrayList<>(List.of(stranger.der(), deeper.der(), line.der(), line.der(), root.der()));
        byte[] device = deeper.device("pump-1").der();

        for (int turn = 0; turn < rest.size(); turn++) {
            Collections.rotate(rest, 1);
            List<byte[]> presented = new ArrayList<>(List.of(device));
            presented.addAll(rest);
            assertThat(chains.valid(root, presented).path()).hasSize(4);
        }
    }

    @Test
    void five_certificates_below_the_anchor_are_valid_and_six_are_not() {
        TestAuthority a = line.intermediate("A");
        TestAuthority b = a.intermediate("B");
        TestAuthority c = b.intermediate("C");
        TestAuthority d = c.intermediate("D");

        assertThat(chains.valid(root, c.device("x").der(), c.der(), b.der(), a.der(), line.der())
                        .path())
                .hasSize(6);
        assertThat(chains.finding(root, d.device("x").der(), d.der(), c.der(), b.der(), a.der(), line.der()))
                .isEqualTo(new PathTooLong(5));
    }

    @Test
    void no_certificate_and_too_many_are_refused_before_any_is_read() {
        assertThat(chains.finding(root, List.of())).isEqualTo(new NoCertificate());
        assertThat(chains.finding(root, Collections.nCopies(11, new byte[0])))
                .isEqualTo(new TooManyCertificates(11, 10));
    }

    @Test
    void a_missing_intermediate_is_named_together_with_what_is_held() {
        assertThat(chains.finding(root, line.device("pump-1").der()))
                .isEqualTo(new ChainIncomplete("CN=Line 7", List.of("CN=Maker Root")))
                .satisfies(finding ->
                        assertThat(finding.says()).contains("stops at", "Line 7", "held: \"CN=Maker Root\""));
    }

    @Test
    void a_chain_that_ends_at_a_foreign_root_is_refused_as_unknown() {
        TestAuthority rogue = TestAuthority.root("Rogue");

        assertThat(chains.finding(root, rogue.device("pump-1").der(), rogue.der()))
                .isEqualTo(new CaUnknown("CN=Rogue", List.of("CN=Maker Root")));
    }

    @Test
    void a_ca_that_borrows_the_name_of_an_anchor_is_refused() {
        TestAuthority impostor = TestAuthority.root("Maker Root");

        assertThat(chains.finding(root, impostor.device("pump-1").der(), impostor.der()))
                .isEqualTo(new CaKeyDiffers("CN=Maker Root"));
        assertThat(chains.finding(root, impostor.bare("pump-1", spec -> spec).der()))
                .isEqualTo(new BadSignature("CN=pump-1", "CN=Maker Root"));
    }

    @Test
    void a_forged_intermediate_is_refused() {
        TestAuthority forged = root.intermediate(
                "Line 7", spec -> spec.forgedWith(TestKeys.p256().getPrivate()));

        assertThat(chains.finding(root, forged.device("x").der(), forged.der()))
                .isEqualTo(new BadSignature("CN=Line 7", "CN=Maker Root"));
    }

    @Test
    void an_anchor_that_changed_its_key_and_kept_its_name_is_found_by_its_signature() {
        TestAuthority renewed = TestAuthority.root("Maker Root");
        byte[] device = renewed.bare("pump-1", spec -> spec).der();

        assertThat(chains.validate(List.of(root, renewed), List.of(device))).isInstanceOf(Validation.Valid.class);
    }

    @Test
    void each_certificate_of_the_path_must_be_within_its_time() {
        TestAuthority oldLine = root.intermediate("Old line", spec -> spec.validUntil(NOW.minusSeconds(1)));
        TestAuthority oldRoot =
                TestAuthority.root("Old root", TestKeys.p256(), spec -> spec.validUntil(NOW.minusSeconds(1)));

        assertThat(chains.finding(
                        root,
                        root.device("x", spec -> spec.validUntil(NOW.minusSeconds(1)))
                                .der()))
                .isEqualTo(new CertificateExpired("CN=x", NOW.minusSeconds(1), NOW));
        assertThat(chains.finding(
                        root,
                        root.device("x", spec -> spec.validFrom(NOW.plusSeconds(1)))
                                .der()))
                .isEqualTo(new CertificateNotYetValid("CN=x", NOW.plusSeconds(1), NOW));
        assertThat(chains.finding(root, oldLine.device("x").der(), oldLine.der()))
                .isEqualTo(new CertificateExpired("CN=Old line", NOW.minusSeconds(1), NOW));
        assertThat(chains.finding(oldRoot, oldRoot.device("x").der()))
                .isEqualTo(new CertificateExpired("CN=Old root", NOW.minusSeconds(1), NOW));
        assertThat(chains.valid(
                                root,
                                root.device("x", spec -> spec.validFrom(NOW).validUntil(NOW))
                                        .der())
                        .path())
                .hasSize(2);
    }

    @Test
    void a_remembered_intermediate_still_expires() {
        TestAuthority shortLived = root.intermediate("Short", spec -> spec.validUntil(NOW.plusSeconds(10)));
        List<byte[]> presented = List.of(shortLived.device("x").der(), shortLived.der());

        assertThat(chains.validate(List.of(root), presented)).isInstanceOf(Validation.Valid.class);
        assertThat(chains.at(NOW.plusSeconds(11)).finding(root, presented)).isInstanceOf(CertificateExpired.class);
    }

    @Test
    void an_issuer_must_be_a_ca_that_may_sign_certificates() {
        TestAuthority noCa = root.intermediate(
                "No CA", spec -> spec.extension(Extension.basicConstraints, true, new BasicConstraints(false)));
        TestAuthority silent = root.intermediate("Silent", spec -> spec.without(Extension.basicConstraints));
        TestAuthority noSigner = root.intermediate(
                "No signer", spec -> spec.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign)));
        TestAuthority noUsage = root.intermediate("No usage", spec -> spec.without(Extension.keyUsage));

        assertThat(chains.finding(root, noCa.device("x").der(), noCa.der())).isInstanceOf(NotACa.class);
        assertThat(chains.finding(root, silent.device("x").der(), silent.der())).isInstanceOf(NotACa.class);
        assertThat(chains.finding(root, noSigner.device("x").der(), noSigner.der()))
                .isInstanceOf(NotACa.class);
        assertThat(chains.valid(root, noUsage.device("x").der(), noUsage.der()).path())
                .hasSize(3);
    }

    @Test
    void a_device_cannot_issue_for_another_device() {
        TestAuthority.Issued thief = root.device("thief");
        TestAuthority asIssuer = thief.posingAs("thief");

        assertThat(chains.finding(root, asIssuer.device("victim").der(), thief.der()))
                .isInstanceOf(NotACa.class);
    }

    @Test
    void a_path_length_binds_and_self_issued_certificates_do_not_count() {
        TestAuthority last = root.intermediate(
                "Last", spec -> spec.extension(Extension.basicConstraints, true, new BasicConstraints(0)));
        TestAuthority below = last.intermediate("Below");
        TestAuthority again = last.intermediate("Last");

        assertThat(chains.valid(root, last.device("x").der(), last.der()).path())
                .hasSize(3);
        assertThat(chains.finding(root, below.device("x").der(), below.der(), last.der()))
                .isEqualTo(new PathLengthExceeded("CN=Last", 0));
        assertThat(chains.valid(root, again.device("x").der(), again.der(), last.der())
                        .path())
                .hasSize(4);
    }

    @Test
    void the_path_length_of_the_anchor_binds_too() {
        TestAuthority strict = TestAuthority.root(
                "Strict",
                TestKeys.p256(),
                spec -> spec.extension(Extension.basicConstraints, true, new BasicConstraints(0)));
        TestAuthority below = strict.intermediate("Below");

        assertThat(chains.finding(strict, below.device("x").der(), below.der()))
                .isEqualTo(new PathLengthExceeded("CN=Strict", 0));
    }

    @Test
    void a_device_certificate_without_key_usages_or_of_version_1_is_valid() {
        assertThat(chains.valid(root, root.bare("x", spec -> spec).der()).path())
                .hasSize(2);
        assertThat(chains.valid(root, root.bare("x", spec -> spec.version1()).der())
                        .path())
                .hasSize(2);
    }

    @Test
    void a_version_1_certificate_issues_nothing() {
        TestAuthority.Issued old = root.bare("Old CA", spec -> spec.version1());
        TestAuthority asIssuer = old.posingAs("Old CA");

        assertThat(chains.finding(root, asIssuer.device("x").der(), old.der())).isInstanceOf(NotACa.class);
    }

    @Test
    void a_key_usage_that_is_present_binds_the_device() {
        assertThat(chains.finding(root, withUsage(KeyUsage.keyEncipherment))).isInstanceOf(NotForClientAuth.class);
        assertThat(chains.finding(root, withUsage(KeyUsage.keyCertSign))).isInstanceOf(NotForClientAuth.class);
        assertThat(chains.valid(root, withUsage(KeyUsage.digitalSignature)).path())
                .hasSize(2);
        assertThat(chains.valid(root, withUsage(KeyUsage.keyAgreement)).path()).hasSize(2);
    }

    @Test
    void an_extended_key_usage_that_is_present_binds_the_device() {
        assertThat(chains.finding(root, withPurpose(KeyPurposeId.id_kp_serverAuth)))
                .isInstanceOf(NotForClientAuth.class);
        assertThat(chains.valid(root, withPurpose(KeyPurposeId.id_kp_clientAuth))
                        .path())
                .hasSize(2);
        assertThat(chains.valid(root, withPurpose(KeyPurposeId.anyExtendedKeyUsage))
                        .path())
                .hasSize(2);
    }

    @Test
    void an_empty_extended_key_usage_is_refused() {
        byte[] device = root.device("x", spec -> spec.extension(Extension.extendedKeyUsage, true, new DERSequence()))
                .der();

        assertThat(chains.finding(root, device).code()).isEqualTo("malformed");
    }

    @Test
    void an_intermediate_for_servers_issues_no_clients() {
        TestAuthority servers = root.intermediate(
                "Servers",
                spec -> spec.extension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)));

        assertThat(chains.finding(root, servers.device("x").der(), servers.der()))
                .isInstanceOf(NotForClientAuth.class);
    }

    @Test
    void an_unknown_critical_extension_is_refused_and_an_uncritical_one_is_not() {
        var oid = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");

        assertThat(chains.finding(
                                root,
                                root.device("x", spec -> spec.extension(oid, true, DERNull.INSTANCE))
                                        .der())
                        .code())
                .isEqualTo("unknown_critical_extension");
        assertThat(chains.valid(
                                root,
                                root.device("x", spec -> spec.extension(oid, false, DERNull.INSTANCE))
                                        .der())
                        .path())
                .hasSize(2);
    }

    @Test
    void sha1_signs_no_device_and_no_intermediate_but_an_old_anchor_may_have_signed_itself_with_it() {
        KeyPair rsa = TestKeys.rsa(2048);
        TestAuthority old = TestAuthority.root("Old", rsa, spec -> spec.signedWith("SHA1withRSA"));

        assertThat(chains.valid(old, old.device("x").der()).path()).hasSize(2);
        assertThat(chains.finding(
                                old,
                                old.device("x", spec -> spec.signedWith("SHA1withRSA"))
                                        .der())
                        .code())
                .isEqualTo("weak_signature");
    }

    @ParameterizedTest
    @EnumSource(SignatureEngine.Maker.class)
    void every_engine_takes_every_kind_of_key_and_signature(SignatureEngine.Maker maker) {
        Chains with = new Chains(SignatureEngine.of(maker));
        KeyPair rsa = TestKeys.rsa(2048);

        assertTaken(with, TestKeys.p256(), "SHA256withECDSA");
        assertTaken(with, TestKeys.curve("secp384r1"), "SHA384withECDSA");
        assertTaken(with, TestKeys.curve("secp521r1"), "SHA512withECDSA");
        assertTaken(with, TestKeys.ed25519(), "Ed25519");
        assertTaken(with, rsa, "SHA256withRSA");
        assertTaken(with, rsa, "SHA384withRSAandMGF1");
        assertTaken(with, rsa, "SHA512withRSAandMGF1");
    }

    private static void assertTaken(Chains chains, KeyPair keys, String algorithm) {
        TestAuthority ca = TestAuthority.root("CA " + algorithm, keys, spec -> spec);
        byte[] device = ca.device("x", spec -> spec.signedWith(algorithm)).der();
        byte[] broken = device.clone();
        broken[broken.length - 5] ^= 1;

        assertThat(chains.valid(ca, device).path()).as(algorithm).hasSize(2);
        assertThat(chains.finding(ca, broken)).as(algorithm).isInstanceOf(BadSignature.class);
    }

    private byte[] withUsage(int usage) {
        return root.device("x", spec -> spec.extension(Extension.keyUsage, true, new KeyUsage(usage)))
                .der();
    }

    private byte[] withPurpose(KeyPurposeId purpose) {
        return root.device(
                        "x", spec -> spec.extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose)))
                .der();
    }
}
