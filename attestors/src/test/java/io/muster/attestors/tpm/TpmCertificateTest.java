package io.muster.attestors.tpm;

import static io.muster.attestors.tpm.Requests.NOW;
import static io.muster.attestors.tpm.Requests.enrollment;
import static io.muster.attestors.tpm.Requests.manufacturers;
import static io.muster.attestors.tpm.Requests.refusal;
import static io.muster.attestors.tpm.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.credential.Primitives;
import io.muster.attestors.tpm.testkit.Board;
import io.muster.attestors.tpm.testkit.SealedContinuations;
import io.muster.attestors.tpm.testkit.SoftKey;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.Check;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Reading;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.testkit.CertificateSpec;
import io.muster.x509.testkit.TestAuthority;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Certificates of endorsement keys, as makers write them and as they should not.
class TpmCertificateTest {

    private static final TestAuthority MAKER = TestAuthority.root("Maker");
    private static final SoftKey KEY = SoftKey.rsa();
    private static final Board BOARD = Board.by(MAKER, KEY);

    private final TpmAttestor attestor = new TpmAttestor(
            new SealedContinuations(), new ChainValidator(SignatureEngine.choose()), Primitives.ofPlatform());

    @Test
    void what_fills_up_the_memory_of_a_chip_is_cut_off() {
        byte[] der = BOARD.certificate().orElseThrow().toArray();
        for (byte filling : new byte[] {0, (byte) 0xff}) {
            byte[] padded = Arrays.copyOf(der, 2_048);
            Arrays.fill(padded, der.length, padded.length, filling);
            assertThat(examine(Bytes.of(padded))).isInstanceOf(Finding.Challenged.class);
        }
        byte[] other = Arrays.copyOf(der, der.length + 3);
        Arrays.fill(other, der.length, other.length, (byte) 0x55);
        assertThat(refusal(examine(Bytes.of(other)))).isInstanceOf(Refusal.EndorsementCertificateUnacceptable.class);
    }

    @Test
    void a_certificate_cut_anywhere_is_refused() {
        byte[] der = BOARD.certificate().orElseThrow().toArray();
        for (int length = 0; length < der.length; length++) {
            assertThat(refusal(examine(Bytes.of(Arrays.copyOf(der, length)))))
                    .isInstanceOf(Refusal.EndorsementCertificateUnacceptable.class);
        }
        assertThat(refusal(examine(Bytes.of(new byte[20_000]))))
                .isInstanceOf(Refusal.EndorsementCertificateUnacceptable.class);
    }

    @Test
    void without_a_certificate_no_maker_vouches() {
        Finding finding = attestor.examine(
                enrollment(manufacturers(MAKER.certificate())),
                request("Board-1", BOARD.with(Optional.empty()).attesting()),
                NOW);

        assertThat(refusal(finding)).isEqualTo(new Refusal.EndorsementCertificateMissing());
    }

    @Test
    void the_certificate_of_another_chip_is_refused() {
        Bytes other = Board.certificate(MAKER, SoftKey.rsa().keys(), spec -> spec);

        assertThat(what(examine(other))).contains("another key");
    }

    @Test
    void the_purpose_must_be_that_of_an_endorsement_key() {
        assertThat(what(wish(spec -> spec.without(Extension.extendedKeyUsage)))).contains("2.23.133.8.1");
        assertThat(what(wish(spec -> spec.extension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)))))
                .contains("2.23.133.8.1");
        assertThat(what(wish(spec -> spec.extension(Extension.extendedKeyUsage, false, new DERSequence()))))
                .contains("cannot be read");
        assertThat(what(wish(
                        spec -> spec.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)))))
                .contains("keyEncipherment");
        assertThat(what(wish(spec -> spec.without(Extension.keyUsage)))).contains("keyEncipherment");
    }

    @Test
    void the_alternative_name_must_tell_the_chip() {
        assertThat(what(wish(spec -> spec.without(Extension.subjectAlternativeName))))
                .contains("manufacturer");
        assertThat(what(wish(spec -> spec.extension(Extension.subjectAlternativeName, true, new DERSequence()))))
                .contains("cannot be read");
        assertThat(what(named(new GeneralName(new X500Name(""))))).contains("manufacturer");
        assertThat(what(named(new GeneralName(new X500Name("2.23.133.2.1=id:1,2.23.133.2.2=Model")))))
                .contains("manufacturer");
        assertThat(what(named(new GeneralName(new X500Name("2.23.133.2.1=id:1,2.23.133.2.2=\\ ,2.23.133.2.3=1")))))
                .contains("manufacturer");
        assertThat(what(named(new GeneralName(GeneralName.dNSName, "chip.example"))))
                .contains("manufacturer");
    }

    @Test
    void a_certificate_may_say_that_its_key_is_for_oaep_alone() {
        for (ASN1Encodable parameters : new ASN1Encodable[] {null, DERNull.INSTANCE, new RSAESOAEPparams()}) {
            assertThat(wish(spec -> spec.foreignKey(oaep(KEY, parameters)))).isInstanceOf(Finding.Challenged.class);
        }
        assertThat(what(wish(spec -> spec.foreignKey(oaep(SoftKey.rsa(), null)))))
                .contains("another key");
    }

    @Test
    void a_board_whose_certificate_is_for_oaep_alone_is_the_device_that_its_key_makes_it() {
        Bytes certificate = Board.certificate(MAKER, KEY.keys(), spec -> spec.foreignKey(oaep(KEY, null)));
        Board board = BOARD.with(Optional.of(certificate));
        Enrollment group = enrollment(manufacturers(MAKER.certificate()));
        Finding.Challenged challenged =
                Requests.challenged(attestor.examine(group, request("Board-1", board.attesting()), NOW));

        Finding proved = attestor.examine(
                group,
                request("Board-1", board.attesting(), board.answer(challenged.challenge(), challenged.continuation())),
                NOW);

        assertThat(Requests.proved(proved).key())
                .isEqualTo(IdentityKey.ofEndorsementKey(KEY.keys().getPublic().getEncoded()));
    }

    /// RFC 4055 section 4.1.
    private static SubjectPublicKeyInfo oaep(SoftKey key, @Nullable ASN1Encodable parameters) {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP, parameters),
                SubjectPublicKeyInfo.getInstance(key.keys().getPublic().getEncoded())
                        .getPublicKeyData()
                        .getOctets());
    }

    @Test
    void unknown_attributes_and_other_names_do_no_harm() {
        assertThat(named(
                        new GeneralName(GeneralName.dNSName, "chip.example"),
                        new GeneralName(new X500Name("1.2.3.4=x,2.23.133.2.3=1,2.23.133.2.2=M,2.23.133.2.1=id:1"))))
                .isInstanceOf(Finding.Challenged.class);
    }

    @Test
    void a_maker_that_is_not_trusted_is_refused() {
        TestAuthority other = TestAuthority.root("Other");
        TestAuthority namesake = TestAuthority.root("Maker");

        assertThat(refusal(examine(Board.certificate(other, KEY.keys(), spec -> spec))))
                .isInstanceOf(Refusal.ChainIncomplete.class);
        assertThat(refusal(examine(Board.certificate(namesake, KEY.keys(), spec -> spec))))
                .isInstanceOf(Refusal.AuthorityUnknown.class);
        assertThat(refusal(wish(spec -> spec.forgedWith(namesake.keys().getPrivate()))))
                .isInstanceOf(Refusal.CertificateSignatureWrong.class);
        assertThat(refusal(wish(spec -> spec.validUntil(NOW.minusSeconds(1)))))
                .isInstanceOf(Refusal.CertificateExpired.class);
    }

    @Test
    void an_intermediate_may_be_trusted_beside_its_root() {
        TestAuthority line = MAKER.intermediate("Line 7");
        Board board = Board.by(line, KEY);

        assertThat(examine(board, manufacturers(MAKER.certificate(), line.certificate())))
                .isInstanceOf(Finding.Challenged.class);
        assertThat(refusal(examine(board, manufacturers(MAKER.certificate()))))
                .isInstanceOf(Refusal.ChainIncomplete.class);
    }

    @Test
    void an_intermediate_for_other_purposes_vouches_for_no_chip() {
        TestAuthority line = MAKER.intermediate(
                "TLS line",
                spec -> spec.extension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth)));

        assertThat(what(examine(Board.by(line, KEY), manufacturers(line.certificate()))))
                .contains("other purposes");
    }

    @Test
    void a_list_admits_the_chips_that_are_on_it_alone() {
        String mine = IdentityKey.ofEndorsementKey(KEY.keys().getPublic().getEncoded())
                .fingerprint();

        assertThat(examine(BOARD, with(List.of(), Set.of(mine)))).isInstanceOf(Finding.Challenged.class);
        assertThat(refusal(examine(BOARD, with(List.of(), Set.of("00".repeat(32))))))
                .isEqualTo(new Refusal.EndorsementKeyNotListed(mine));
    }

    @Test
    void a_chip_that_its_maker_revoked_is_refused() throws Exception {
        BigInteger serial = serial(BOARD.certificate().orElseThrow());

        assertThat(what(examine(BOARD, with(List.of(list(MAKER, serial)), Set.of()))))
                .contains("revoked", serial.toString(16));
        assertThat(examine(BOARD, with(List.of(list(MAKER, BigInteger.TWO)), Set.of())))
                .isInstanceOf(Finding.Challenged.class);
    }

    @Test
    void an_intermediate_that_its_root_revoked_vouches_for_no_chip() throws Exception {
        TestAuthority line = MAKER.intermediate("Line 8");
        Proof.TpmManufacturers both = manufacturers(MAKER.certificate(), line.certificate());
        Proof.TpmManufacturers proof =
                new Proof.TpmManufacturers(both.anchors(), List.of(list(MAKER, serial(line.certificate()))), Set.of());

        assertThat(what(examine(Board.by(line, KEY), proof))).contains("revoked");
    }

    @Test
    void a_list_that_no_maker_signed_counts_for_nothing_and_the_trace_says_so() throws Exception {
        BigInteger serial = serial(BOARD.certificate().orElseThrow());
        Bytes forged = list(TestAuthority.root("Maker"), serial);

        Finding finding = examine(BOARD, with(List.of(forged, Bytes.of(new byte[] {0x30, 0})), Set.of()));

        assertThat(Requests.challenged(finding).checks()).anySatisfy(check -> {
            assertThat(check.code()).isEqualTo("revocation_lists_ignored");
            assertThat(check.verdict()).isEqualTo(Check.Verdict.NOTE);
            assertThat(check.input()).startsWith("2 ");
        });
    }

    @Test
    void a_list_whose_time_is_over_lets_others_in_and_the_trace_says_so() throws Exception {
        Instant due = NOW.minusSeconds(1);
        Finding finding = examine(BOARD, with(List.of(list(MAKER, BigInteger.TWO, due)), Set.of()));

        assertThat(Requests.challenged(finding).checks()).anySatisfy(check -> {
            assertThat(check.code()).isEqualTo("revocation_lists_outdated");
            assertThat(check.verdict()).isEqualTo(Check.Verdict.NOTE);
            assertThat(check.input()).isEqualTo("CN=Maker, a newer list was due " + due);
            assertThat(check.rule()).contains("--tpm-crl");
        });
    }

    @Test
    void what_an_old_list_revokes_stays_revoked() throws Exception {
        BigInteger serial = serial(BOARD.certificate().orElseThrow());

        assertThat(what(examine(BOARD, with(List.of(list(MAKER, serial, NOW.minusSeconds(86_400))), Set.of()))))
                .contains("revoked", serial.toString(16));
    }

    @Test
    void a_list_in_its_time_or_of_another_issuer_is_no_matter_for_the_trace() throws Exception {
        TestAuthority other = TestAuthority.root("Other");
        Proof.TpmManufacturers both = manufacturers(MAKER.certificate(), other.certificate());
        List<Bytes> lists = List.of(
                list(MAKER, BigInteger.TWO),
                list(MAKER, BigInteger.TWO, NOW),
                list(other, BigInteger.TWO, NOW.minusSeconds(1)));

        Finding finding = examine(BOARD, new Proof.TpmManufacturers(both.anchors(), lists, Set.of()));

        assertThat(Requests.challenged(finding).checks())
                .extracting(Check::code)
                .containsExactly("tpm_keys_sound", "endorsement_chain_valid", "challenged");
    }

    private static Bytes list(TestAuthority authority, BigInteger serial) throws Exception {
        return list(authority, serial, Optional.empty());
    }

    private static Bytes list(TestAuthority authority, BigInteger serial, Instant nextUpdate) throws Exception {
        return list(authority, serial, Optional.of(nextUpdate));
    }

    private static Bytes list(TestAuthority authority, BigInteger serial, Optional<Instant> nextUpdate)
            throws Exception {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(authority.name(), Date.from(NOW.minusSeconds(86_400)));
        nextUpdate.map(Date::from).ifPresent(builder::setNextUpdate);
        builder.addCRLEntry(serial, Date.from(NOW), CRLReason.keyCompromise);
        return Bytes.of(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(authority.keys().getPrivate()))
                .getEncoded());
    }

    private static BigInteger serial(Bytes certificate) {
        return ((Reading.Read) CertificateReader.read(certificate.toArray()))
                .certificate()
                .serial();
    }

    private static Proof.TpmManufacturers with(List<Bytes> lists, Set<String> allowed) {
        return new Proof.TpmManufacturers(manufacturers(MAKER.certificate()).anchors(), lists, allowed);
    }

    private Finding named(GeneralName... names) {
        return wish(spec -> spec.extension(Extension.subjectAlternativeName, true, new GeneralNames(names)));
    }

    private Finding wish(UnaryOperator<CertificateSpec> wish) {
        return examine(Board.certificate(MAKER, KEY.keys(), wish));
    }

    private Finding examine(Bytes certificate) {
        return examine(BOARD.with(Optional.of(certificate)), manufacturers(MAKER.certificate()));
    }

    private Finding examine(Board board, Proof proof) {
        return attestor.examine(enrollment(proof), request("Board-1", board.attesting()), NOW);
    }

    private static String what(Finding finding) {
        Refusal refusal = refusal(finding);
        assertThat(refusal).isInstanceOf(Refusal.EndorsementCertificateUnacceptable.class);
        return ((Refusal.EndorsementCertificateUnacceptable) refusal).what();
    }
}
