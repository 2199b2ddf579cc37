package io.muster.attestors.x509;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Secret;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Anchor;
import io.muster.core.roster.AnchorReader;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Treatment;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.path.ChainValidator;
import io.muster.x509.path.PemAnchors;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestAuthority.Issued;
import io.muster.x509.testkit.TestKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

class X509AttestorTest {

    private final X509Attestor attestor = new X509Attestor(new ChainValidator(SignatureEngine.choose()));
    private final TestAuthority root = TestAuthority.root("Maker Root");
    private final TestAuthority line = root.intermediate("Line 7");

    @Test
    void a_device_of_the_group_is_proved_and_known_by_its_public_key() {
        Issued device = line.device("Pump-1");

        Finding finding = examine(group(root), "pump-1", device.der(), line.der());

        assertThat(finding).isInstanceOf(Finding.Proved.class);
        Finding.Proved proved = (Finding.Proved) finding;
        assertThat(proved.key())
                .isEqualTo(IdentityKey.ofPublicKey(device.keys().getPublic().getEncoded()));
        assertThat(proved.checks()).extracting(Check::code).containsExactly("chain_valid", "name_matches");
        assertThat(proved.checks().getFirst().input()).isEqualTo("CN=Pump-1 → CN=Line 7 → CN=Maker Root");
    }

    @Test
    void another_kind_of_proof_or_of_evidence_is_not_its_affair() {
        Secret key = Secret.of(new byte[32]);

        assertThat(examine(
                        group(new Proof.SymmetricKeys(key, key)),
                        "pump-1",
                        root.device("pump-1").der()))
                .isEqualTo(new Finding.NotMine());
        assertThat(attestor.examine(group(root), request("pump-1", List.of()), NOW))
                .isEqualTo(new Finding.NotMine());
    }

    @Test
    void a_certificate_for_another_device_is_refused_by_name() {
        assertThat(refusal(examine(group(root), "pump-2", root.device("pump-1").der())))
                .isEqualTo(new Refusal.NameMismatch("pump-1", "pump-2"));
    }

    @Test
    void names_that_only_look_alike_are_different_names() {
        for (String name : List.of("pump\u20111", "pump-1 ", "pump-1.", "\u0440ump-1", "pump-1\u0000", "pump-\uff11")) {
            X500Name subject = new X500NameBuilder()
                    .addRDN(BCStyle.CN, new DERUTF8String(name))
                    .build();
            byte[] device = root.device("x", spec -> spec.subject(subject)).der();
            assertThat(refusal(examine(group(root), "pump-1", device)))
                    .as(name)
                    .isInstanceOf(Refusal.NameMismatch.class);
        }
    }

    @Test
    void a_subject_without_exactly_one_plain_common_name_is_refused() {
        X500Name none = new X500Name("O=Maker");
        X500Name two = new X500Name("CN=pump-1,CN=pump-2");
        X500Name company = new X500Name("CN=pump-1+OU=x");
        X500Name odd = new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERBMPString("pump-1"))
                .build();

        for (X500Name subject : List.of(none, two, company, odd)) {
            byte[] device = root.device("x", spec -> spec.subject(subject)).der();
            assertThat(refusal(examine(group(root), "pump-1", device)))
                    .as(subject.toString())
                    .isInstanceOf(Refusal.CertificateMalformed.class);
        }
    }

    @Test
    void a_missing_intermediate_is_refused_as_an_incomplete_chain() {
        assertThat(refusal(examine(group(root), "pump-1", line.device("pump-1").der())))
                .isEqualTo(new Refusal.ChainIncomplete("CN=Line 7", "CN=Maker Root"));
    }

    @Test
    void a_rogue_certificate_is_refused_and_comes_less_far_than_an_expired_one() {
        TestAuthority rogue = TestAuthority.root("Rogue");
        Finding stranger = examine(group(root), "pump-1", rogue.device("pump-1").der(), rogue.der());
        Finding expired = examine(
                group(root),
                "pump-1",
                root.device("pump-1", spec -> spec.validUntil(NOW.minusSeconds(1)))
                        .der());

        assertThat(refusal(stranger)).isEqualTo(new Refusal.AuthorityUnknown("CN=Rogue", "CN=Maker Root"));
        assertThat(refusal(expired)).isEqualTo(new Refusal.CertificateExpired("CN=pump-1", NOW.minusSeconds(1)));
        assertThat(((Finding.Disproved) expired).progress()).isGreaterThan(((Finding.Disproved) stranger).progress());
    }

    @Test
    void weak_keys_and_bytes_that_are_no_certificate_are_refused_in_different_words() {
        byte[] weak =
                root.device("pump-1", spec -> spec.keys(TestKeys.rsa(1024))).der();

        assertThat(refusal(examine(group(root), "pump-1", weak))).isInstanceOf(Refusal.KeyUnacceptable.class);
        assertThat(refusal(examine(group(root), "pump-1", new byte[] {1, 2, 3})))
                .isInstanceOf(Refusal.CertificateMalformed.class);
        assertThat(refusal(examine(group(root), "pump-1", new byte[20_000]))).isInstanceOf(Refusal.TooLarge.class);
    }

    @Test
    void the_last_check_of_a_refusal_is_the_one_that_failed() {
        Finding.Disproved finding = (Finding.Disproved)
                examine(group(root), "pump-1", line.device("pump-1").der());

        assertThat(finding.checks().getLast().verdict()).isEqualTo(Check.Verdict.FAIL);
        assertThat(finding.checks().getLast().code()).isEqualTo("chain_incomplete");
    }

    @Test
    void an_individual_is_proved_by_either_of_its_pinned_certificates() {
        TestAuthority self = TestAuthority.root("pump-1", TestKeys.p256(), spec -> spec.without(Extension.keyUsage));
        Issued next = root.device("pump-1");
        Enrollment individual = individual("pump-1", self.der(), next.der());

        assertThat(((Finding.Proved) examine(individual, "pump-1", next.der()))
                        .checks()
                        .getFirst()
                        .input())
                .startsWith("secondary certificate");
        assertThat(refusal(examine(individual, "pump-1", root.device("pump-1").der())))
                .isInstanceOf(Refusal.CertificateNotPinned.class);
    }

    @Test
    void a_pinned_certificate_must_be_within_its_time_and_for_clients() {
        Issued device = root.device("pump-1", spec -> spec.validUntil(NOW.plusSeconds(5)));
        Enrollment individual = individual("pump-1", device.der());

        assertThat(examine(individual, "pump-1", device.der())).isInstanceOf(Finding.Proved.class);
        assertThat(refusal(examine(individual, NOW.plusSeconds(6), device.der())))
                .isInstanceOf(Refusal.CertificateExpired.class);
    }

    @Test
    void the_same_chain_is_judged_by_each_enrollment_on_its_own() {
        TestAuthority other = TestAuthority.root("Other");
        byte[] device = root.device("pump-1").der();

        assertThat(examine(group(root), "pump-1", device)).isInstanceOf(Finding.Proved.class);
        assertThat(examine(group(other), "pump-1", device)).isInstanceOf(Finding.Disproved.class);
        assertThat(examine(group(root), "pump-1", device)).isInstanceOf(Finding.Proved.class);
    }

    private Finding examine(Enrollment enrollment, String id, byte[]... chain) {
        return attestor.examine(enrollment, request(id, List.of(evidence(chain))), NOW);
    }

    private Finding examine(Enrollment enrollment, Instant now, byte[] certificate) {
        return attestor.examine(enrollment, request("pump-1", List.of(evidence(certificate))), now);
    }

    private static Evidence evidence(byte[]... chain) {
        return new Evidence.CertificateChain(Stream.of(chain).map(Bytes::of).toList());
    }

    private static EnrollmentRequest request(String id, List<Evidence> evidence) {
        return new EnrollmentRequest(
                "test",
                Optional.of("acme"),
                RegistrationId.parse(id).orElseThrow(),
                evidence,
                Optional.empty(),
                "127.0.0.1");
    }

    private static Refusal refusal(Finding finding) {
        assertThat(finding).isInstanceOf(Finding.Disproved.class);
        return ((Finding.Disproved) finding).refusal();
    }

    private static Enrollment group(TestAuthority authority) {
        return group(new Proof.Authorities(anchors(authority.der())));
    }

    private static Enrollment group(Proof proof) {
        return enrollment(Optional.empty(), proof);
    }

    private static Enrollment individual(String id, byte[]... certificates) {
        List<Anchor> anchors =
                Stream.of(certificates).flatMap(der -> pinned(der).stream()).toList();
        Optional<Anchor> secondary = anchors.stream().skip(1).findFirst();
        return enrollment(RegistrationId.parse(id), new Proof.Pinned(anchors.getFirst(), secondary));
    }

    private static Enrollment enrollment(Optional<RegistrationId> individual, Proof proof) {
        Treatment treatment = new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.KEEP,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.empty(),
                Optional.empty());
        return new Enrollment(new Name("acme"), new Name("pumps"), 1, individual, proof, treatment, true);
    }

    private static List<Anchor> anchors(byte[] der) {
        return read(new PemAnchors(InstantSource.fixed(NOW)).authorities(TestAuthority.pem(der)));
    }

    private static List<Anchor> pinned(byte[] der) {
        return read(new PemAnchors(InstantSource.fixed(NOW)).pinned(TestAuthority.pem(der)));
    }

    private static List<Anchor> read(AnchorReader.Reading reading) {
        assertThat(reading).isInstanceOf(AnchorReader.Reading.Read.class);
        return ((AnchorReader.Reading.Read) reading).anchors();
    }
}
