package io.muster.x509.issuing;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static io.muster.x509.testkit.Orders.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Name;
import io.muster.core.door.CertificateRequest.AlternativeName.Kind;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.issuance.Issuer.Result;
import io.muster.core.issuance.Order;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateProfile.KeyUsage;
import io.muster.core.roster.CertificateProfile.SubjectRule;
import io.muster.core.roster.NameTemplate;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Reading;
import io.muster.x509.codec.SubjectNames;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.MemoryVault;
import io.muster.x509.testkit.Orders;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestKeys;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IssuingAuthoritiesTest {

    private static final Set<String> SERVERS = Set.of("gate.example", "localhost", "::1", "192.0.2.7");

    private final MemoryVault vault = new MemoryVault();
    private final SignatureEngine engine = SignatureEngine.choose();
    private final IssuingAuthorities issuer = issuer(settings(Duration.ofDays(3_652)));

    private static AuthoritySettings settings(Duration issuingLife) {
        return new AuthoritySettings(
                "O={tenant}", Duration.ofDays(7_305), issuingLife, SERVERS, URI.create("http://pki.example/"), 64);
    }

    private IssuingAuthorities issuer(AuthoritySettings settings) {
        return new IssuingAuthorities(vault, settings, engine, () -> NOW);
    }

    @Test
    void a_certificate_names_the_device_and_lives_as_its_profile_says() {
        RequestSpec request = RequestSpec.of("PUMP-1");
        Order order = Orders.of("Pump-1", request);

        Result.Signed signed = signed(order);

        Certificate leaf = read(signed.certificate());
        assertThat(leaf.subject().text()).isEqualTo("CN=Pump-1");
        assertThat(signed.subject()).isEqualTo("CN=pump-1");
        assertThat(leaf.validity().notBefore()).isEqualTo(NOW.minus(Duration.ofHours(24)));
        assertThat(leaf.validity().notAfter()).isEqualTo(NOW.plus(Duration.ofDays(365)));
        assertThat(signed.notAfter()).isEqualTo(leaf.validity().notAfter());
        assertThat(leaf.key().spki())
                .isEqualTo(Bytes.of(request.keys().getPublic().getEncoded()));
        assertThat(signed.key()).isEqualTo(leaf.key().spki());
        assertThat(leaf.extensions().names().names())
                .containsExactly(new SubjectNames.Name.Uri("urn:muster:acme:pump-1"));
        assertThat(leaf.extensions().purposes()).contains(Set.of(CertificateProfile.CLIENT_AUTHENTICATION));
        assertThat(leaf.extensions().isCa()).isFalse();
        assertThat(signed.privateKey()).isEmpty();
        assertThat(signed.shard()).isEqualTo((order.serial().slot() & 0xffff) % 64);
    }

    @Test
    void the_chain_is_the_issuing_authority_and_its_root_and_every_signature_holds() {
        Result.Signed signed = signed(Orders.of("pump-1", RequestSpec.of("pump-1")));

        Certificate leaf = read(signed.certificate());
        Certificate issuing = read(signed.chain().get(0));
        Certificate root = read(signed.chain().get(1));
        assertThat(engine.isSignedBy(leaf, issuing.key())).isTrue();
        assertThat(engine.isSignedBy(issuing, root.key())).isTrue();
        assertThat(engine.isSignedBy(root, root.key())).isTrue();
        assertThat(issuing.extensions().subjectKeyId().map(Bytes::hex)).contains(signed.issuer());
        assertThat(issuer.authorities(TENANT)).isEqualTo(signed.chain());
        assertThat(issuer.chain(TENANT, signed.issuer())).isEqualTo(signed.chain());
        assertThat(issuer.certificate(signed.issuer())).contains(signed.chain().getFirst());
        assertThat(issuer.certificate("00")).isEmpty();
        assertThatThrownBy(() -> issuer.chain(new Name("other"), signed.issuer()))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void every_kind_of_key_is_certified(KeyAlgorithm algorithm) {
        KeyPair keys =
                switch (algorithm) {
                    case P256 -> TestKeys.p256();
                    case P384 -> TestKeys.curve("secp384r1");
                    case RSA -> TestKeys.rsa(2048);
                    case ED25519 -> TestKeys.ed25519();
                };

        Result.Signed signed = signed(Orders.of("pump-1", RequestSpec.of("pump-1", keys)));

        assertThat(read(signed.certificate()).key().spki())
                .isEqualTo(Bytes.of(keys.getPublic().getEncoded()));
    }

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void a_key_that_the_server_makes_is_of_the_requested_kind_and_comes_with_its_certificate(KeyAlgorithm algorithm)
            throws Exception {
        KeyPair asking =
                switch (algorithm) {
                    case P256 -> TestKeys.p256();
                    case P384 -> TestKeys.curve("secp384r1");
                    case RSA -> TestKeys.rsa(2048);
                    case ED25519 -> TestKeys.ed25519();
                };
        byte[] request = RequestSpec.of("pump-1", asking).der();

        Result.Signed signed = signed(Orders.of(
                "pump-1", Orders.read(request, Purpose.GENERATE_KEY), CertificateProfile.standard(TENANT), NOW));

        assertThat(signed.key()).isNotEqualTo(Bytes.of(asking.getPublic().getEncoded()));
        assertThat(signed.privateKey()).isPresent();
        var info = org.bouncycastle.asn1.pkcs.PrivateKeyInfo.getInstance(
                signed.privateKey().get().reveal());
        assertThat(info.getPrivateKeyAlgorithm().getAlgorithm())
                .isEqualTo(org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(
                                signed.key().toArray())
                        .getAlgorithm()
                        .getAlgorithm());
        assertThat(read(signed.certificate()).key().spki()).isEqualTo(signed.key());
    }

    @Test
    void a_request_signed_by_another_key_proves_no_possession() {
        RequestSpec forged = RequestSpec.of("pump-1").forgedWith(TestKeys.p256().getPrivate());

        assertThat(issuer.sign(Orders.of("pump-1", forged))).isEqualTo(new Result.PossessionUnproved());
        assertThat(vault.all(TENANT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dns:gate.EXAMPLE",
                "dns:gate.example.",
                "ip:192.0.2.7",
                "ip:::1",
                "uri:https://gate.example:8443/x",
                "uri:https://u@LOCALHOST",
                "uri:coaps://[::1]:5684/x"
            })
    void a_request_for_a_servers_name_is_refused(String name) {
        String value = name.substring(name.indexOf(':') + 1);
        int tag =
                switch (name.substring(0, name.indexOf(':'))) {
                    case "dns" -> GeneralName.dNSName;
                    case "ip" -> GeneralName.iPAddress;
                    default -> GeneralName.uniformResourceIdentifier;
                };
        RequestSpec request = RequestSpec.of("pump-1")
                .extension(Extension.subjectAlternativeName, new GeneralNames(new GeneralName(tag, value)));

        assertThat(issuer.sign(Orders.of("pump-1", request))).isInstanceOf(Result.NameForbidden.class);
    }

    @Test
    void a_device_cannot_register_as_a_server() {
        CertificateProfile dns = with(List.of(new NameTemplate(Kind.DNS, "{registrationId}")), Set.of());
        CertificateProfile server = with(
                List.of(), Set.of(CertificateProfile.CLIENT_AUTHENTICATION, CertificateProfile.SERVER_AUTHENTICATION));

        assertThat(issuer.sign(Orders.of("Gate.Example", RequestSpec.of("gate.example"), dns)))
                .isInstanceOf(Result.NameForbidden.class);
        assertThat(issuer.sign(Orders.of("Gate.Example", RequestSpec.of("gate.example"), server)))
                .isInstanceOf(Result.NameForbidden.class);
        assertThat(issuer.sign(Orders.of("gate.example", RequestSpec.of("gate.example"))))
                .isInstanceOf(Result.Signed.class);
    }

    @Test
    void no_certificate_outlives_its_issuer_or_begins_before_it() {
        IssuingAuthorities shortLived = issuer(settings(Duration.ofDays(10)));
        CertificateProfile early = profile(Duration.ofDays(365), CertificateProfile.MAX_BACKDATING);
        Instant later = NOW.plus(Duration.ofDays(9));

        Result.Signed now = (Result.Signed) shortLived.sign(Orders.of(
                "pump-1", Orders.read(RequestSpec.of("pump-1").der(), Purpose.ENROLL), early, NOW.minusSeconds(5)));
        Result.Signed last = (Result.Signed) shortLived.sign(
                Orders.of("pump-1", Orders.read(RequestSpec.of("pump-1").der(), Purpose.ENROLL), early, later));

        Certificate issuing = read(now.chain().getFirst());
        assertThat(read(now.certificate()).validity()).isEqualTo(issuing.validity());
        assertThat(last.notAfter()).isEqualTo(NOW.plus(Duration.ofDays(10)));
    }

    @Test
    void an_authority_that_has_ended_signs_nothing() {
        IssuingAuthorities shortLived = issuer(settings(Duration.ofDays(10)));
        shortLived.authorities(TENANT);

        assertThat(shortLived.sign(Orders.of(
                        "pump-1",
                        Orders.read(RequestSpec.of("pump-1").der(), Purpose.ENROLL),
                        CertificateProfile.standard(TENANT),
                        NOW.plus(Duration.ofDays(11)))))
                .isInstanceOfSatisfying(
                        Result.Linted.class, it -> assertThat(it.rule()).isEqualTo("validity_order"));
    }

    @Test
    void times_are_whole_seconds_and_long_ones_have_four_digits_of_the_year() {
        Instant odd = Instant.parse("2049-06-01T12:00:00.987654Z");
        IssuingAuthorities old = new IssuingAuthorities(vault, settings(Duration.ofDays(3_652)), engine, () -> odd);

        Result.Signed signed = (Result.Signed) old.sign(Orders.of(
                "pump-1",
                Orders.read(RequestSpec.of("pump-1").der(), Purpose.ENROLL),
                CertificateProfile.standard(TENANT),
                odd));

        assertThat(read(signed.certificate()).validity().notBefore()).isEqualTo("2049-05-31T12:00:00Z");
        assertThat(read(signed.certificate()).validity().notAfter()).isEqualTo("2050-06-01T12:00:00Z");
    }

    @Test
    void an_id_of_more_than_64_characters_is_the_user_id() {
        String id = "a".repeat(128);

        Result.Signed signed = signed(Orders.of(id, RequestSpec.of("x").subject(new X500Name("O=x"))));

        assertThat(read(signed.certificate()).subject().text()).isEqualTo("UID=" + id);
        assertThat(read(signed(Orders.of("b".repeat(64), RequestSpec.of("x"))).certificate())
                        .subject()
                        .text())
                .isEqualTo("CN=" + "b".repeat(64));
    }

    @Test
    void a_profile_may_take_the_subject_that_is_requested() {
        RequestSpec request = RequestSpec.of("x").subject(new X500Name("C=DE,O=Acme,CN=pump-1"));

        Result.Signed signed = signed(Orders.of("Pump-1", request, requested()));

        assertThat(read(signed.certificate()).subject().text()).isEqualTo("C=DE,O=Acme,CN=pump-1");
        assertThat(signed.subject()).isEqualTo("C=de,O=acme,CN=pump-1");
        assertThat(read(signed(Orders.of("Pump-1", RequestSpec.of("x").subject(new X500Name("O=Acme")), requested()))
                                .certificate())
                        .subject()
                        .text())
                .isEqualTo("CN=Pump-1");
    }

    @Test
    void a_requested_subject_that_others_could_not_read_is_linted() {
        RequestSpec longName = RequestSpec.of("x").subject(new X500Name("O=" + "x".repeat(65) + ",CN=pump-1"));

        assertThat(issuer.sign(Orders.of("pump-1", longName, requested())))
                .isInstanceOfSatisfying(
                        Result.Linted.class, it -> assertThat(it.rule()).isEqualTo("subject_bounds"));
    }

    @Test
    void a_renewal_may_change_the_subject_and_never_the_device() {
        assertThat(renewed("O=New,CN=pump-1"))
                .isInstanceOfSatisfying(
                        Result.Signed.class, it -> assertThat(it.subject()).isEqualTo("O=new,CN=pump-1"));
        assertThat(renewed("O=New,CN=pump-2")).isInstanceOf(Result.NameForbidden.class);
    }

    private Result renewed(String subject) {
        byte[] request = RequestSpec.of("pump-1")
                .attribute(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.7.36"), new DERSequence(new X500Name(subject)))
                .der();
        return issuer.sign(Orders.of("pump-1", Orders.read(request, Purpose.RENEW), requested(), NOW));
    }

    @Test
    void many_threads_and_nodes_make_one_authority() {
        List<IssuingAuthorities> nodes = IntStream.range(0, 4)
                .mapToObj(ignored -> issuer(settings(Duration.ofDays(100))))
                .toList();

        long different = IntStream.range(0, 32)
                .parallel()
                .mapToObj(i -> nodes.get(i % 4).authorities(TENANT))
                .distinct()
                .count();

        assertThat(different).isEqualTo(1);
        assertThat(vault.all(TENANT)).hasSize(1);
    }

    @Test
    void tenants_have_authorities_of_their_own() {
        assertThat(issuer.authorities(new Name("other"))).isNotEqualTo(issuer.authorities(TENANT));
        assertThat(read(issuer.authorities(TENANT).getFirst()).subject().text()).startsWith("O=acme,CN=Issuing CA ");
    }

    @Test
    void key_usages_are_those_that_the_key_can_do() {
        CertificateProfile all = new CertificateProfile(
                TENANT,
                CertificateProfile.STANDARD,
                2,
                Duration.ofDays(1),
                Duration.ZERO,
                EnumSet.allOf(KeyAlgorithm.class),
                EnumSet.allOf(KeyUsage.class),
                Set.of(),
                SubjectRule.IDENTITY,
                List.of(),
                true);

        for (KeyPair keys : List.of(TestKeys.p256(), TestKeys.rsa(2048), TestKeys.ed25519())) {
            assertThat(read(signed(Orders.of("a", RequestSpec.of("a", keys), all))
                                    .certificate())
                            .extensions()
                            .purposes())
                    .isEmpty();
        }
    }

    @Test
    void settings_that_cannot_work_are_refused_at_the_start() {
        assertThatThrownBy(() -> new AuthoritySettings(
                        "O=x", Duration.ofDays(1), Duration.ofDays(1), Set.of(), URI.create("https://x"), 1))
                .hasMessageContaining("http://");
        assertThatThrownBy(() -> new AuthoritySettings(
                        "CN=x", Duration.ofDays(1), Duration.ofDays(1), Set.of(), URI.create("http://x"), 1))
                .hasMessageContaining("common name");
        assertThatThrownBy(() -> new AuthoritySettings(
                        "no name", Duration.ofDays(1), Duration.ofDays(1), Set.of(), URI.create("http://x"), 1))
                .hasMessageContaining("is not a name");
    }

    private static CertificateProfile requested() {
        CertificateProfile it = CertificateProfile.standard(TENANT);
        return new CertificateProfile(
                it.tenant(),
                it.name(),
                2,
                it.life(),
                it.backdating(),
                it.algorithms(),
                it.keyUsages(),
                it.purposes(),
                SubjectRule.REQUESTED,
                it.alternativeNames(),
                true);
    }

    private static CertificateProfile profile(Duration life, Duration backdating) {
        CertificateProfile it = CertificateProfile.standard(TENANT);
        return new CertificateProfile(
                it.tenant(),
                it.name(),
                2,
                life,
                backdating,
                it.algorithms(),
                it.keyUsages(),
                it.purposes(),
                it.subject(),
                it.alternativeNames(),
                true);
    }

    private static CertificateProfile with(List<NameTemplate> names, Set<String> purposes) {
        CertificateProfile it = CertificateProfile.standard(TENANT);
        return new CertificateProfile(
                it.tenant(),
                it.name(),
                2,
                it.life(),
                it.backdating(),
                it.algorithms(),
                it.keyUsages(),
                purposes,
                it.subject(),
                names,
                true);
    }

    private Result.Signed signed(Order order) {
        Result result = issuer.sign(order);
        assertThat(result).isInstanceOf(Result.Signed.class);
        return (Result.Signed) result;
    }

    private static Certificate read(Bytes der) {
        Reading reading = CertificateReader.read(der.toArray());
        assertThat(reading).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) reading).certificate();
    }
}
