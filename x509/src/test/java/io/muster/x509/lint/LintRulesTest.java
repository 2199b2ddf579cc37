package io.muster.x509.lint;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static io.muster.x509.testkit.Orders.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.device.Serial;
import io.muster.core.door.CertificateRequest.AlternativeName.Kind;
import io.muster.core.issuance.Issuer.Result;
import io.muster.core.issuance.Order;
import io.muster.core.roster.CertificateProfile;
import io.muster.core.roster.CertificateProfile.KeyUsage;
import io.muster.core.roster.NameTemplate;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Der;
import io.muster.x509.codec.DerElement;
import io.muster.x509.codec.Reading;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.issuing.AuthoritySettings;
import io.muster.x509.issuing.IssuingAuthorities;
import io.muster.x509.testkit.MemoryVault;
import io.muster.x509.testkit.Orders;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every rule is broken once, alone.
class LintRulesTest {

    private static final String BASE = "http://pki.example";
    private static final String CLIENT = "06082b06010505070302";
    private static final String SERVER = "06082b06010505070301";

    private final IssuingAuthorities issuer = new IssuingAuthorities(
            new MemoryVault(),
            new AuthoritySettings(
                    "O={tenant}", Duration.ofDays(7_305), Duration.ofDays(100), Set.of(), URI.create(BASE), 64),
            SignatureEngine.choose(),
            () -> NOW);

    private static final String RESIDENT = "3014300806066781050b0101300806066781050b0102";

    /// A body and what it is held against.
    private record Sheet(DerElement body, LintTerms terms) {

        static Sheet of(byte[] tbs, LintTerms terms) {
            return new Sheet(element(tbs), terms);
        }

        byte[] tbs() {
            return body.encoded();
        }

        Sheet field(int index, String hex) {
            return field(index, HexFormat.of().parseHex(hex));
        }

        Sheet field(int index, byte[] replaced) {
            List<byte[]> fields = fields(tbs());
            fields.set(index, replaced);
            return Sheet.of(Der.sequence(fields.toArray(byte[][]::new)), terms);
        }

        Sheet times(byte[] notBefore, byte[] notAfter) {
            return field(4, Der.sequence(notBefore, notAfter));
        }

        /// Leaves an extension out where it has no value.
        Sheet extension(String oid, boolean isCritical, Optional<byte[]> value) {
            List<byte[]> extensions = new ArrayList<>(extensions()
                    .filter(it -> !HexFormat.of().formatHex(it).contains("06" + length(oid) + oid))
                    .toList());
            value.ifPresent(it -> extensions.add(made(oid, isCritical, it)));
            return with(extensions);
        }

        Sheet oneMore(String oid, String value) {
            List<byte[]> extensions = new ArrayList<>(extensions().toList());
            extensions.add(made(oid, false, HexFormat.of().parseHex(value)));
            return with(extensions);
        }

        private Stream<byte[]> extensions() {
            return element(fields(tbs()).getLast()).children().getFirst().children().stream()
                    .map(DerElement::encoded);
        }

        private Sheet with(List<byte[]> extensions) {
            return field(
                    fields(tbs()).size() - 1,
                    Der.element(Der.constructed(3), Der.sequence(extensions.toArray(byte[][]::new))));
        }

        Sheet profile(UnaryOperator<CertificateProfile> change) {
            Order it = terms.order();
            return order(new Order(
                    it.tenant(),
                    it.registrationId(),
                    change.apply(it.profile()),
                    it.request(),
                    it.serial(),
                    it.residentKey(),
                    it.now()));
        }

        Sheet order(Order order) {
            return new Sheet(body, new LintTerms(order, terms.key(), terms.issuing(), terms.base()));
        }

        Sheet key(byte[] spki) {
            return new Sheet(body, new LintTerms(terms.order(), Bytes.of(spki), terms.issuing(), terms.base()));
        }

        private static byte[] made(String oid, boolean isCritical, byte[] value) {
            byte[] critical = isCritical ? new byte[] {Der.BOOLEAN, 1, (byte) 0xff} : new byte[0];
            return Der.sequence(
                    Der.element(0x06, HexFormat.of().parseHex(oid)), critical, Der.element(Der.OCTET_STRING, value));
        }

        private static String length(String oid) {
            return HexFormat.of().toHexDigits((byte) (oid.length() / 2));
        }

        private static List<byte[]> fields(byte[] tbs) {
            return new ArrayList<>(
                    element(tbs).children().stream().map(DerElement::encoded).toList());
        }
    }

    private record Broken(String rule, Sheet sheet) {}

    @Test
    void an_ordinary_certificate_breaks_no_rule() {
        Sheet good = good();

        assertThat(LintRules.all(good.tbs(), good.terms())).isEmpty();
    }

    @Test
    void the_certificate_of_a_resident_key_breaks_no_rule() {
        Sheet good = sheet(Orders.resident(Orders.of("pump-1", RequestSpec.of("pump-1"))));

        assertThat(LintRules.all(good.tbs(), good.terms())).isEmpty();
    }

    @Test
    void every_rule_is_broken_here_once() {
        assertThat(new TreeSet<>(broken().stream().map(Broken::rule).toList()))
                .isEqualTo(new TreeSet<>(LintRules.names()));
    }

    @TestFactory
    List<DynamicTest> what_breaks_one_rule_breaks_no_other() {
        return broken().stream()
                .map(it -> DynamicTest.dynamicTest(it.rule(), () -> {
                    List<LintRules.Finding> findings =
                            LintRules.all(it.sheet().tbs(), it.sheet().terms());
                    assertThat(findings).extracting(LintRules.Finding::rule).containsExactly(it.rule());
                    assertThat(findings.getFirst().source()).isNotBlank();
                    assertThat(findings.getFirst().says()).isNotBlank();
                }))
                .toList();
    }

    @Test
    void bytes_cut_anywhere_have_no_shape() {
        Sheet good = good();

        for (int length = 0; length < good.tbs().length; length++) {
            assertThat(LintRules.first(Arrays.copyOf(good.tbs(), length), good.terms()))
                    .isPresent();
        }
    }

    @Test
    void any_change_of_one_bit_is_found() {
        Sheet good = good();
        for (int bit = 0; bit < 8 * good.tbs().length; bit++) {
            byte[] changed = good.tbs();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            if (!isHarmless(good.tbs(), changed)) {
                assertThat(LintRules.first(changed, good.terms()))
                        .as("bit %d of %s", bit, HexFormat.of().formatHex(changed))
                        .isPresent();
            }
        }
    }

    /// A little more or less of life is within the profile, another shard is one of ours, and the letters of the
    /// common name may change their case.
    private static boolean isHarmless(byte[] good, byte[] changed) {
        Optional<DerElement> read = DerElement.read(changed);
        if (read.isEmpty()) {
            return false;
        }
        List<byte[]> before = Sheet.fields(good);
        List<byte[]> after = Sheet.fields(changed);
        boolean sameCount = before.size() == after.size();
        boolean times = sameCount && !Arrays.equals(before.get(4), after.get(4));
        boolean letterCase = sameCount
                && text(before.get(5)).equalsIgnoreCase(text(after.get(5)))
                && !Arrays.equals(before.get(5), after.get(5));
        boolean shard = sameCount
                && text(before.getLast())
                        .replaceAll("/[0-9]+\\.crl", "")
                        .equals(text(after.getLast()).replaceAll("/[0-9]+\\.crl", ""));
        return times || letterCase || shard;
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private List<Broken> broken() {
        List<Broken> all = new ArrayList<>();
        all.addAll(frames());
        all.addAll(validities());
        all.addAll(subjects());
        all.addAll(keys());
        all.addAll(extensions());
        all.addAll(names());
        return all;
    }

    private List<Broken> frames() {
        Sheet good = good();
        byte[] dull = new byte[Serial.SIZE];
        dull[0] = Serial.MARK;
        Order it = good.terms().order();
        Order drawn = new Order(
                it.tenant(),
                it.registrationId(),
                it.profile(),
                it.request(),
                new Serial(Bytes.of(dull)),
                it.residentKey(),
                it.now());
        byte[][] units = IntStream.range(0, 60)
                .mapToObj(ignored -> attribute("55040b", Der.UTF8_STRING, "u".repeat(64)))
                .toArray(byte[][]::new);
        List<byte[]> long64 = new ArrayList<>(List.of(units));
        long64.add(attribute("550403", Der.UTF8_STRING, "pump-1"));
        List<byte[]> fields = new ArrayList<>(Sheet.fields(good.tbs()));
        fields.add(7, HexFormat.of().parseHex("81020001"));
        return List.of(
                new Broken("tbs_certificate_shape", Sheet.of(new byte[] {0x30, 0}, good.terms())),
                new Broken("size_bound", good.field(5, Der.sequence(long64.toArray(byte[][]::new)))),
                new Broken("version_3", good.field(0, "a003020101")),
                new Broken("serial_number_form", good.field(1, "0211ff" + "0123456789abcdef0123456789abcdef")),
                new Broken("serial_number_ordered", good.field(1, "0211" + Orders.serial())),
                new Broken(
                        "serial_number_entropy",
                        good.field(1, Der.element(Der.INTEGER, dull)).order(drawn)),
                new Broken("signature_algorithm", good.field(2, "300a06082a8648ce3d040303")),
                new Broken("issuer_name", good.field(3, subject("Another CA"))),
                new Broken("no_unique_ids", Sheet.of(Der.sequence(fields.toArray(byte[][]::new)), good.terms())));
    }

    private List<Broken> validities() {
        Sheet good = good();
        byte[] start = utc("260531120000Z");
        return List.of(
                new Broken(
                        "time_form",
                        good.times(
                                start,
                                Der.element(
                                        Der.GENERALIZED_TIME, "20260701120000Z".getBytes(StandardCharsets.US_ASCII)))),
                new Broken("validity_order", good.times(start, utc("260531110000Z"))),
                new Broken("validity_within_issuer", good.times(start, utc("261201120000Z"))),
                new Broken(
                        "validity_of_profile",
                        good.times(start, utc("260621120000Z"))
                                .profile(it -> profile(it, Duration.ofDays(10), it.algorithms(), it.keyUsages()))),
                new Broken("backdating_of_profile", good.times(utc("260531110000Z"), utc("260701120000Z"))));
    }

    private List<Broken> subjects() {
        Sheet good = good();
        String longId = "a".repeat(65);
        Sheet longer =
                sheet(Orders.of(longId, RequestSpec.of("x"), named(CertificateProfile.standard(TENANT), List.of())));
        byte[] name = attribute("550403", Der.UTF8_STRING, "pump-1");
        return List.of(
                new Broken("subject_present", good.field(5, "3000")),
                new Broken("subject_strings", good.field(5, Der.sequence(attribute("55040a", 0x14, "Acme"), name))),
                new Broken(
                        "subject_bounds",
                        good.field(5, Der.sequence(attribute("55040a", Der.UTF8_STRING, "o".repeat(65)), name))),
                new Broken("common_name_bound", longer.field(5, subject(longId))),
                new Broken("common_name_single", good.field(5, Der.sequence(name, name))),
                new Broken("subject_is_identity", good.field(5, subject("pump-2"))));
    }

    private List<Broken> keys() {
        Sheet good = good();
        byte[] weak = TestKeys.rsa(1024).getPublic().getEncoded();
        Certificate issuing = good.terms().issuing();
        byte[] issuers = issuing.key().spki().toArray();
        byte[] issuersId = issuing.key().identifier().toArray();
        return List.of(
                new Broken("key_strength", good.field(6, weak).key(weak)),
                new Broken(
                        "key_granted",
                        good.profile(it -> profile(it, it.life(), Set.of(KeyAlgorithm.RSA), it.keyUsages()))),
                new Broken("key_ordered", good.key(TestKeys.p256().getPublic().getEncoded())),
                new Broken(
                        "key_not_the_issuers",
                        good.field(6, issuers)
                                .key(issuers)
                                .extension(
                                        Oids.SUBJECT_KEY_ID,
                                        false,
                                        Optional.of(Der.element(Der.OCTET_STRING, issuersId)))));
    }

    private List<Broken> extensions() {
        Sheet good = good();
        return List.of(
                new Broken("extension_once", good.oneMore(Oids.PURPOSES, "300a" + CLIENT)),
                new Broken("extension_known", good.oneMore("2a0304", "0500")),
                new Broken("extension_criticality", good.extension(Oids.PURPOSES, true, hex("300a" + CLIENT))),
                new Broken("not_an_authority", good.extension(Oids.BASIC_CONSTRAINTS, true, hex("30030101ff"))),
                new Broken("key_usage_present", good.extension(Oids.KEY_USAGE, true, hex("030100"))),
                new Broken("key_usage_granted", good.extension(Oids.KEY_USAGE, true, hex("03020284"))),
                new Broken(
                        "key_usage_fits_key",
                        good.extension(Oids.KEY_USAGE, true, hex("030205a0"))
                                .profile(it -> profile(it, it.life(), it.algorithms(), EnumSet.allOf(KeyUsage.class)))),
                new Broken(
                        "ext_key_usage_granted", good.extension(Oids.PURPOSES, false, hex("3014" + CLIENT + SERVER))),
                new Broken(
                        "resident_key_policies",
                        good.order(Orders.resident(good.terms().order()))),
                new Broken("resident_key_policies", good.oneMore(Oids.POLICIES, RESIDENT)),
                new Broken(
                        "resident_key_policies",
                        good.order(Orders.resident(good.terms().order()))
                                .oneMore(Oids.POLICIES, "300a300806066781050b0101")),
                new Broken("ext_key_usage_complete", good.extension(Oids.PURPOSES, false, Optional.empty())));
    }

    private List<Broken> names() {
        Sheet good = good();
        byte[] own = name(6, "urn:muster:acme:pump-1");
        String authority = good.terms().issuing().key().identifier().hex();
        byte[] zeros = new byte[20];
        byte[] foreign = Der.sequence(Der.sequence(
                Der.element(0x06, HexFormat.of().parseHex(Oids.CA_ISSUERS)), name(6, "http://other.example/x.cer")));
        return List.of(
                new Broken(
                        "alternative_name_wildcard",
                        good.extension(
                                Oids.ALTERNATIVE_NAMES, false, Optional.of(Der.sequence(own, name(2, "*.example"))))),
                new Broken(
                        "alternative_name_syntax",
                        good.extension(Oids.ALTERNATIVE_NAMES, false, Optional.of(Der.sequence(name(2, "pump-1_x"))))
                                .profile(it -> named(it, List.of(new NameTemplate(Kind.DNS, "{registrationId}_x"))))),
                new Broken(
                        "alternative_name_identity",
                        good.extension(
                                Oids.ALTERNATIVE_NAMES,
                                false,
                                Optional.of(Der.sequence(name(6, "urn:muster:acme:pump-2"))))),
                new Broken(
                        "subject_key_id",
                        good.extension(Oids.SUBJECT_KEY_ID, false, Optional.of(Der.element(Der.OCTET_STRING, zeros)))),
                new Broken(
                        "authority_key_id",
                        good.extension(
                                Oids.AUTHORITY_KEY_ID,
                                false,
                                Optional.of(Der.sequence(Der.element(Der.primitive(0), zeros))))),
                new Broken(
                        "crl_distribution_point",
                        good.extension(
                                Oids.CRL_POINTS,
                                false,
                                Optional.of(point("https://pki.example/crl/" + authority + "/1.crl")))),
                new Broken(
                        "authority_information",
                        good.extension(Oids.AUTHORITY_INFORMATION, false, Optional.of(foreign))));
    }

    private Sheet good() {
        return sheet(Orders.of("pump-1", RequestSpec.of("pump-1")));
    }

    private Sheet sheet(Order order) {
        Result.Signed signed = (Result.Signed) issuer.sign(order);
        DerElement body = element(signed.certificate().toArray()).children().getFirst();
        Reading issuing = CertificateReader.read(signed.chain().getFirst().toArray());
        return new Sheet(body, new LintTerms(order, signed.key(), ((Reading.Read) issuing).certificate(), BASE));
    }

    private static CertificateProfile profile(
            CertificateProfile it, Duration life, Set<KeyAlgorithm> algorithms, Set<KeyUsage> usages) {
        return new CertificateProfile(
                it.tenant(),
                it.name(),
                it.version(),
                life,
                it.backdating(),
                algorithms,
                usages,
                it.purposes(),
                it.subject(),
                it.alternativeNames(),
                true);
    }

    private static CertificateProfile named(CertificateProfile it, List<NameTemplate> names) {
        return new CertificateProfile(
                it.tenant(),
                it.name(),
                it.version(),
                it.life(),
                it.backdating(),
                it.algorithms(),
                it.keyUsages(),
                it.purposes(),
                it.subject(),
                names,
                true);
    }

    private static DerElement element(byte[] der) {
        return DerElement.read(der).orElseThrow();
    }

    private static Optional<byte[]> hex(String digits) {
        return Optional.of(HexFormat.of().parseHex(digits));
    }

    private static byte[] utc(String text) {
        return Der.element(Der.UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] name(int tag, String text) {
        return Der.element(Der.primitive(tag), text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] point(String url) {
        return Der.sequence(
                Der.sequence(Der.element(Der.constructed(0), Der.element(Der.constructed(0), name(6, url)))));
    }

    private static byte[] subject(String commonName) {
        return Der.sequence(attribute("550403", Der.UTF8_STRING, commonName));
    }

    private static byte[] attribute(String type, int stringType, String text) {
        return Der.element(
                Der.SET,
                Der.sequence(
                        Der.element(0x06, HexFormat.of().parseHex(type)),
                        Der.element(stringType, text.getBytes(StandardCharsets.UTF_8))));
    }
}
