package io.muster.attestors.issued;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static io.muster.x509.testkit.Orders.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.access.Warrant;
import io.muster.core.attestation.Attestor.Finding;
import io.muster.core.attestation.Standing;
import io.muster.core.connectivity.Allocation;
import io.muster.core.device.Bytes;
import io.muster.core.device.Credential;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Evidence;
import io.muster.core.door.Refusal;
import io.muster.core.issuance.Issuer.Result;
import io.muster.core.issuance.Order;
import io.muster.core.ledger.Certificates;
import io.muster.core.roster.DeviceIdTemplate;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Proof;
import io.muster.core.roster.Treatment;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.issuing.AuthoritySettings;
import io.muster.x509.issuing.IssuingAuthorities;
import io.muster.x509.testkit.MemoryVault;
import io.muster.x509.testkit.Orders;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestAuthority;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IssuedCertificateAttestorTest {

    private static final IdentityKey MAKERS_KEY = IdentityKey.ofPublicKey(new byte[] {1, 2, 3});

    private final IssuingAuthorities issuer = issuer();
    private final Order order = Orders.of("Pump-1", RequestSpec.of("pump-1"));
    private final Bytes certificate = sign(issuer, order);
    private final Known ledger = new Known(kept(order, certificate));
    private final IssuedCertificateAttestor attestor = new IssuedCertificateAttestor(ledger);

    /// Knows one certificate, and counts who asks.
    private static final class Known implements Certificates {

        private Optional<Kept> kept;
        private int asked;

        Known(Kept kept) {
            this.kept = Optional.of(kept);
        }

        @Override
        public Optional<Kept> find(Name tenant, Serial serial) {
            asked++;
            return kept.filter(
                    it -> it.tenant().equals(tenant) && it.credential().serial().equals(serial));
        }

        @Override
        public Page list(Name tenant, Filter filter, Optional<String> cursor, int limit) {
            throw new AssertionError("an attestor lists no certificates");
        }

        @Override
        public Revoked revoke(Name tenant, Serial serial, Reason reason, Warrant warrant) {
            throw new AssertionError("an attestor revokes no certificate");
        }
    }

    @Test
    void a_certificate_that_was_issued_here_proves_the_key_that_proved_the_device_then() {
        Finding finding = examine("pumps", "PUMP-1", certificate);

        assertThat(finding).isInstanceOfSatisfying(Finding.Proved.class, it -> {
            assertThat(it.key()).isEqualTo(MAKERS_KEY);
            assertThat(it.shown())
                    .isEqualTo(new Standing.ByCertificate(order.serial(), NOW.plus(Duration.ofDays(365))));
            assertThat(it.checks()).extracting(Check::code).containsExactly("certificate_issued_here", "name_matches");
        });
    }

    @Test
    void it_is_for_the_enrollment_that_let_it_be_issued_alone() {
        assertThat(examine("meters", "pump-1", certificate)).isEqualTo(new Finding.NotMine());
    }

    @Test
    void another_registration_id_is_refused_by_name() {
        assertThat(((Finding.Disproved) examine("pumps", "pump-2", certificate)).refusal())
                .isEqualTo(new Refusal.NameMismatch("Pump-1", "pump-2"));
    }

    @Test
    void a_certificate_of_another_authority_with_the_same_serial_number_proves_nothing() {
        Bytes copied = sign(issuer(), order);

        assertThat(copied).isNotEqualTo(certificate);
        assertThat(examine("pumps", "pump-1", copied)).isEqualTo(new Finding.NotMine());
    }

    @Test
    void a_certificate_with_a_changed_octet_proves_nothing() {
        byte[] changed = certificate.toArray();
        changed[changed.length - 1] ^= 1;

        assertThat(examine("pumps", "pump-1", Bytes.of(changed))).isEqualTo(new Finding.NotMine());
    }

    @Test
    void certificates_of_others_and_bytes_that_are_none_cost_no_look_up() {
        Bytes foreign = TestAuthority.root("Maker").device("pump-1").certificate();

        assertThat(examine("pumps", "pump-1", foreign)).isEqualTo(new Finding.NotMine());
        assertThat(examine("pumps", "pump-1", Bytes.of(new byte[] {0x30, 0}))).isEqualTo(new Finding.NotMine());
        assertThat(examine("pumps", "pump-1", Bytes.of(new byte[100_000]))).isEqualTo(new Finding.NotMine());
        assertThat(examine("pumps", "pump-1")).isEqualTo(new Finding.NotMine());
        assertThat(ledger.asked).isZero();
        for (int length = 0; length < certificate.size(); length++) {
            assertThat(examine("pumps", "pump-1", Bytes.of(Arrays.copyOf(certificate.toArray(), length))))
                    .isEqualTo(new Finding.NotMine());
        }
        assertThat(ledger.asked).isZero();
    }

    @Test
    void only_the_first_certificate_is_looked_at() {
        Bytes foreign = TestAuthority.root("Maker").device("pump-1").certificate();

        assertThat(examine("pumps", "pump-1", foreign, certificate)).isEqualTo(new Finding.NotMine());
        assertThat(examine("pumps", "pump-1", certificate, foreign)).isInstanceOf(Finding.Proved.class);
    }

    @Test
    void many_enrollments_ask_once_and_what_was_unknown_is_asked_again() {
        Optional<Certificates.Kept> later = ledger.kept;
        ledger.kept = Optional.empty();
        assertThat(examine("pumps", "pump-1", certificate)).isEqualTo(new Finding.NotMine());
        ledger.kept = later;

        Stream.of("a", "b", "c", "pumps").forEach(name -> examine(name, "pump-1", certificate));

        assertThat(examine("pumps", "pump-1", certificate)).isInstanceOf(Finding.Proved.class);
        assertThat(ledger.asked).isEqualTo(2);
    }

    private Finding examine(String enrollment, String id, Bytes... chain) {
        EnrollmentRequest request = new EnrollmentRequest(
                "est",
                Optional.of("acme"),
                RegistrationId.parse(id).orElseThrow(),
                List.of(new Evidence.CertificateChain(List.of(chain))),
                Optional.empty(),
                "127.0.0.1");
        return attestor.examine(enrollment(enrollment), request, NOW);
    }

    private static IssuingAuthorities issuer() {
        return new IssuingAuthorities(
                new MemoryVault(),
                new AuthoritySettings(
                        "O={tenant}",
                        Duration.ofDays(7_305),
                        Duration.ofDays(3_652),
                        Set.of(),
                        URI.create("http://pki.example"),
                        64),
                SignatureEngine.choose(),
                () -> NOW);
    }

    private static Bytes sign(IssuingAuthorities issuer, Order order) {
        return ((Result.Signed) issuer.sign(order)).certificate();
    }

    private static Certificates.Kept kept(Order order, Bytes certificate) {
        Credential credential = new Credential(
                order.serial(),
                order.request().key(),
                MAKERS_KEY,
                "CN=pump-1",
                NOW,
                NOW.plus(Duration.ofDays(365)),
                "00",
                0,
                Credential.State.CURRENT);
        return new Certificates.Kept(
                TENANT,
                order.registrationId(),
                new Name("pumps"),
                "device@1",
                credential,
                certificate,
                Optional.empty());
    }

    private static Enrollment enrollment(String name) {
        Treatment treatment = new Treatment(
                new Allocation.Hashed(List.of()),
                Treatment.Reprovision.KEEP,
                Treatment.KeyChange.REFUSE,
                DeviceIdTemplate.REGISTRATION_ID,
                Optional.empty(),
                Optional.empty());
        return new Enrollment(
                TENANT, new Name(name), 1, Optional.empty(), new Proof.Authorities(List.of()), treatment, true);
    }
}
