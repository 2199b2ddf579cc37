package io.muster.x509.issuing;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static io.muster.x509.testkit.Orders.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.AlternativeName.Kind;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.issuance.Issuer.Result;
import io.muster.core.issuance.Order;
import io.muster.core.ledger.Certificates.Reason;
import io.muster.core.ledger.Revocations;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateProfile.KeyUsage;
import io.muster.core.roster.CertificateProfile.SubjectRule;
import io.muster.core.roster.NameTemplate;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.MemoryVault;
import io.muster.x509.testkit.Openssl;
import io.muster.x509.testkit.Orders;
import io.muster.x509.testkit.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Certificates and CRLs in the eyes of the openssl command, for requests that it made itself.
class OpensslIssuedTest {

    private static final Serial SERIAL =
            Serial.parse("4d0001a1b2c3d4e5f60718293a4b5c6d7e").orElseThrow();

    @TempDir
    Path folder;

    private Openssl openssl;
    private Serial lastSerial = SERIAL;

    private final IssuingAuthorities issuer = new IssuingAuthorities(
            new MemoryVault(),
            new AuthoritySettings(
                    "O={tenant},C=DE",
                    Duration.ofDays(7_305),
                    Duration.ofDays(3_652),
                    Set.of(),
                    URI.create("http://pki.example:8080"),
                    64),
            SignatureEngine.choose(),
            () -> NOW);

    @BeforeEach
    void authorities() {
        openssl = Openssl.in(folder);
        List<Bytes> chain = issuer.authorities(TENANT);
        openssl.write("issuing.pem", TestAuthority.pem(chain.get(0).toArray()))
                .write("root.pem", TestAuthority.pem(chain.get(1).toArray()));
    }

    @ParameterizedTest
    @CsvSource({
        "ec, ec_paramgen_curve:P-256",
        "ec, ec_paramgen_curve:P-384",
        "rsa, rsa_keygen_bits:2048",
        "rsa, rsa_keygen_bits:3072",
        "rsa, rsa_keygen_bits:4096",
        "ed25519, ''"
    })
    void a_certificate_for_any_kind_of_key_verifies_strictly_until_it_is_revoked(String algorithm, String option) {
        Result.Signed signed = sign(Orders.of("Pump-1", request(algorithm, option, "/CN=pump-1"), standard(), NOW));

        openssl.write("leaf.pem", TestAuthority.pem(signed.certificate().toArray()));
        crl(signed, each -> each.accept(new Revocations.Entry(Orders.serial(), NOW, Reason.SUPERSEDED)));
        assertThat(verify().output()).contains("leaf.pem: OK");

        crl(signed, each -> each.accept(new Revocations.Entry(lastSerial, NOW, Reason.KEY_COMPROMISE)));
        assertThat(verify().exit()).isNotZero();
        assertThat(verify().output()).contains("certificate revoked");
    }

    @Test
    void the_crl_of_another_shard_says_nothing_of_a_certificate() {
        Result.Signed signed =
                sign(Orders.of("pump-1", request("ec", "ec_paramgen_curve:P-256", "/CN=pump-1"), standard(), NOW));

        openssl.write("leaf.pem", TestAuthority.pem(signed.certificate().toArray()));
        crl(signed, (signed.shard() + 1) % 64, each -> {});

        assertThat(verify().exit()).isNotZero();
        assertThat(verify().output()).containsIgnoringCase("different CRL scope");
    }

    @Test
    void the_authorities_themselves_verify_strictly() {
        assertThat(openssl.run("verify", "-x509_strict", "-attime", at(), "-CAfile", "root.pem", "issuing.pem"))
                .contains("issuing.pem: OK");
    }

    @Test
    void a_standard_certificate_reads_as_it_always_did() throws IOException {
        golden("standard", order(standard(), request("ec", "ec_paramgen_curve:P-256", "/CN=pump-1")));
    }

    @Test
    void the_certificate_of_a_resident_key_says_so_and_verifies_strictly() {
        Order order = Orders.resident(order(standard(), request("ec", "ec_paramgen_curve:P-256", "/CN=pump-1")));
        Result.Signed signed = sign(order);
        openssl.write("leaf.pem", TestAuthority.pem(signed.certificate().toArray()));
        crl(signed, each -> {});

        assertThat(normal(openssl.run("x509", "-in", "leaf.pem", "-noout", "-text")))
                .contains("X509v3 Certificate Policies:\n" + " ".repeat(16) + "Policy: 2.23.133.11.1.1\n"
                        + " ".repeat(16) + "Policy: 2.23.133.11.1.2\n");
        assertThat(verify().output()).contains("leaf.pem: OK");
    }

    @Test
    void a_certificate_with_everything_reads_as_it_always_did() throws IOException {
        golden("everything", order(everything(), request("rsa", "rsa_keygen_bits:2048", "/C=DE/O=Acme/CN=pump-1")));
    }

    @Test
    void a_certificate_with_as_little_as_can_be_reads_as_it_always_did() throws IOException {
        golden("least", order(least(), request("ed25519", "", "/CN=pump-1")));
    }

    @Test
    void the_authorities_read_as_they_always_did() throws IOException {
        assertThat(normal(openssl.run("x509", "-in", "root.pem", "-noout", "-text")))
                .isEqualTo(file("root"));
        assertThat(normal(openssl.run("x509", "-in", "issuing.pem", "-noout", "-text")))
                .isEqualTo(file("issuing"));
    }

    private void golden(String name, Order order) throws IOException {
        openssl.write("leaf.pem", TestAuthority.pem(sign(order).certificate().toArray()));

        assertThat(normal(openssl.run("x509", "-in", "leaf.pem", "-noout", "-text")))
                .isEqualTo(file(name));
    }

    /// What differs from run to run is replaced: keys, their identifiers, signatures, the authorities' serial
    /// numbers; and the spaces that only some versions of the command print.
    private static String normal(String text) {
        return text.replaceAll("([0-9A-F]{2}:){19}[0-9A-F]{2}", "<key id>")
                .replaceAll("(?m)^ +(?!4d:00:01)([0-9a-f]{2}:)+([0-9a-f]{2})?\\n", "")
                .replaceAll("[0-9a-f]{40}", "<key id>")
                .replaceAll("CA [0-9a-f]{8}", "CA <id>")
                .replaceAll("(?m) +$", "")
                .replace(" = ", "=");
    }

    private static String file(String name) throws IOException {
        try (InputStream file = OpensslIssuedTest.class.getResourceAsStream(name + ".txt")) {
            return file == null ? "there is no such file" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Order order(CertificateProfile profile, CertificateRequest request) {
        return new Order(TENANT, RegistrationId.parse("Pump-1").orElseThrow(), profile, request, SERIAL, false, NOW);
    }

    private Result.Signed sign(Order order) {
        lastSerial = order.serial();
        Result result = issuer.sign(order);
        assertThat(result).isInstanceOf(Result.Signed.class);
        return (Result.Signed) result;
    }

    private CertificateRequest request(String algorithm, String option, String subject) {
        if (option.isEmpty()) {
            openssl.run("genpkey", "-algorithm", algorithm, "-out", "k.pem");
        } else {
            openssl.run("genpkey", "-algorithm", algorithm, "-pkeyopt", option, "-out", "k.pem");
        }
        openssl.run("req", "-new", "-key", "k.pem", "-subj", subject, "-outform", "DER", "-out", "d.csr");
        return Orders.read(openssl.read("d.csr"), Purpose.ENROLL);
    }

    private void crl(Result.Signed signed, Revocations.Entries entries) {
        crl(signed, signed.shard(), entries);
    }

    private void crl(Result.Signed signed, int shard, Revocations.Entries entries) {
        var frame = new Revocations.Frame(signed.issuer(), shard, 1, NOW, NOW.plus(Duration.ofDays(1)));
        openssl.write("shard.crl", issuer.crls().sign(TENANT, frame, entries).toArray());
        openssl.run("crl", "-inform", "DER", "-in", "shard.crl", "-out", "crl.pem");
    }

    private Openssl.Said verify() {
        return openssl.say(
                "verify",
                "-x509_strict",
                "-crl_check",
                "-purpose",
                "sslclient",
                "-attime",
                at(),
                "-CAfile",
                "root.pem",
                "-untrusted",
                "issuing.pem",
                "-CRLfile",
                "crl.pem",
                "leaf.pem");
    }

    private static String at() {
        return Long.toString(NOW.plusSeconds(60).getEpochSecond());
    }

    private static CertificateProfile standard() {
        return CertificateProfile.standard(TENANT);
    }

    private static CertificateProfile everything() {
        return new CertificateProfile(
                TENANT,
                CertificateProfile.STANDARD,
                2,
                Duration.ofDays(30),
                Duration.ofDays(30),
                EnumSet.allOf(KeyAlgorithm.class),
                EnumSet.allOf(KeyUsage.class),
                Set.of(CertificateProfile.CLIENT_AUTHENTICATION, CertificateProfile.SERVER_AUTHENTICATION),
                SubjectRule.REQUESTED,
                List.of(
                        new NameTemplate(Kind.DNS, "{registrationId}.{tenant}.example"),
                        new NameTemplate(Kind.URI, "urn:dev:{registrationId}"),
                        new NameTemplate(Kind.EMAIL, "{registrationId}@devices.example")),
                true);
    }

    private static CertificateProfile least() {
        return new CertificateProfile(
                TENANT,
                CertificateProfile.STANDARD,
                3,
                Duration.ofMinutes(5),
                Duration.ZERO,
                Set.of(KeyAlgorithm.ED25519),
                EnumSet.allOf(KeyUsage.class),
                Set.of(),
                SubjectRule.IDENTITY,
                List.of(),
                false);
    }
}
