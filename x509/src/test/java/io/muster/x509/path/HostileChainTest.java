package io.muster.x509.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a stranger may present to break the parser or to burn processor time.
class HostileChainTest {

    private static final long LIMIT_MILLIS = 50;

    private final TestAuthority root = TestAuthority.root("Maker Root");
    private final TestAuthority line = root.intermediate("Line 7");
    private final Chains chains = new Chains(SignatureEngine.choose());

    @Test
    void a_chain_cut_off_anywhere_is_refused() {
        byte[] device = line.device("pump-1").der();
        byte[] issuer = line.der();

        for (int length = 0; length < device.length; length++) {
            assertThat(chains.finding(root, Arrays.copyOf(device, length), issuer)
                            .code())
                    .isEqualTo("malformed");
        }
        for (int length = 0; length < issuer.length; length++) {
            assertThat(chains.finding(root, device, Arrays.copyOf(issuer, length))
                            .code())
                    .isEqualTo("malformed");
        }
    }

    @Test
    void a_certificate_with_any_bit_flipped_is_refused() {
        byte[] device = line.device("pump-1").der();

        for (int bit = 0; bit < 8 * device.length; bit++) {
            byte[] flipped = device.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(chains.finding(root, flipped, line.der()).says()).isNotBlank();
        }
    }

    @Test
    void bytes_after_the_end_of_a_certificate_are_refused() {
        byte[] device = root.device("pump-1").der();

        assertThat(chains.finding(root, Arrays.copyOf(device, device.length + 1))
                        .code())
                .isEqualTo("malformed");
    }

    @Test
    void an_extension_that_holds_nothing_or_rubbish_is_refused_or_ignored_but_never_breaks_anything() {
        List<ASN1ObjectIdentifier> known = List.of(
                Extension.basicConstraints,
                Extension.keyUsage,
                Extension.extendedKeyUsage,
                Extension.subjectAlternativeName,
                Extension.nameConstraints,
                Extension.certificatePolicies,
                Extension.policyConstraints,
                Extension.inhibitAnyPolicy,
                Extension.subjectKeyIdentifier,
                Extension.authorityKeyIdentifier);
        List<byte[]> rubbish = List.of(
                new byte[0],
                new byte[] {0x30, 0},
                new byte[] {0x03, 1, 0},
                new byte[] {0x06, 0},
                new byte[] {0x30, 2, 0x06, 0},
                new byte[] {0x30, (byte) 0x80, 0, 0},
                new byte[] {0x30, (byte) 0x84, 0x7f, -1, -1, -1},
                nested(2_000));

        for (ASN1ObjectIdentifier oid : known) {
            for (byte[] value : rubbish) {
                byte[] device = root.device("x", spec -> spec.extensionBytes(oid, true, value))
                        .der();
                assertThat(chains.validate(List.of(root), List.of(device)))
                        .as(oid + " " + value.length)
                        .isNotNull();
            }
        }
    }

    private static byte[] nested(int depth) {
        byte[] bytes = new byte[2 * depth];
        for (int i = 0; i < depth; i++) {
            bytes[2 * i] = 0x30;
            bytes[2 * i + 1] = (byte) 0x80;
        }
        return bytes;
    }

    @Test
    void elements_nested_without_end_do_not_reach_the_parser() {
        byte[] deep = new byte[0];
        for (int i = 0; i < 3_000; i++) {
            deep = wrapped(deep);
        }

        assertThat(chains.finding(root, deep).code()).isEqualTo("malformed");
    }

    private static byte[] wrapped(byte[] content) {
        int length = content.length;
        byte[] header = length < 0x80
                ? new byte[] {0x30, (byte) length}
                : length < 0x100
                        ? new byte[] {0x30, (byte) 0x81, (byte) length}
                        : new byte[] {0x30, (byte) 0x82, (byte) (length >> 8), (byte) length};
        byte[] all = Arrays.copyOf(header, header.length + length);
        System.arraycopy(content, 0, all, header.length, length);
        return all;
    }

    @Test
    void a_name_that_looks_like_encoded_asn1_is_only_a_name() {
        X500Name odd = new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERUTF8String("#" + "3080".repeat(1_000)))
                .build();
        byte[] device = root.device("x", spec -> spec.issuer(odd)).der();

        assertThat(chains.finding(root, device)).isInstanceOf(PathFinding.ChainIncomplete.class);
    }

    static Stream<Bomb> bombs() throws IOException {
        TestAuthority root = TestAuthority.root("Maker Root");
        return Stream.of(
                new Bomb("RSA of 16,384 bits", root, rsa(root, odd(16_384), BigInteger.valueOf(65_537))),
                new Bomb("RSA of 65,536 bits", root, rsa(root, odd(65_536), BigInteger.valueOf(65_537))),
                new Bomb("a huge RSA exponent", root, rsa(root, odd(2_048), odd(2_040))),
                new Bomb("an even RSA exponent", root, rsa(root, odd(2_048), BigInteger.TWO.pow(31))),
                new Bomb("an RSA exponent of 1", root, rsa(root, odd(2_048), BigInteger.ONE)),
                new Bomb("explicit curve parameters", root, explicitCurve(root)),
                new Bomb("a curve over a binary field", root, binaryCurve(root)),
                manyNames(1_000, 1_000),
                manyNames(100, 100),
                new Bomb("a chain of 100 certificates", root, deep(root)),
                sameNames(),
                policies());
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void what_is_made_to_cost_time_is_refused_in_less_than_50_milliseconds(Bomb bomb) {
        var threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long start = threads.getCurrentThreadCpuTime();
            assertThat(chains.validate(List.of(bomb.anchor()), bomb.chain())).isInstanceOf(Validation.Invalid.class);
            best = Math.min(best, (threads.getCurrentThreadCpuTime() - start) / 1_000_000);
        }
        assertThat(best).isLessThan(LIMIT_MILLIS);
    }

    record Bomb(String name, TestAuthority anchor, List<byte[]> chain) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static BigInteger odd(int bits) {
        return BigInteger.TWO.pow(bits).subtract(BigInteger.valueOf(189));
    }

    private static List<byte[]> rsa(TestAuthority root, BigInteger modulus, BigInteger exponent) throws IOException {
        var algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        var key = new SubjectPublicKeyInfo(algorithm, new RSAPublicKey(modulus, exponent));
        return List.of(root.device("x", spec -> spec.foreignKey(key)).der());
    }

    private static List<byte[]> explicitCurve(TestAuthority root) throws IOException {
        KeyPair pair = TestKeys.p256();
        var named = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        var parameters = new X962Parameters(SECNamedCurves.getByName("secp256r1"));
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters);
        var key = new SubjectPublicKeyInfo(algorithm, named.getPublicKeyData().getOctets());
        return List.of(root.device("x", spec -> spec.foreignKey(key)).der());
    }

    private static List<byte[]> binaryCurve(TestAuthority root) {
        var algorithm =
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, new ASN1ObjectIdentifier("1.3.132.0.39"));
        var key = new SubjectPublicKeyInfo(algorithm, new byte[145]);
        return List.of(root.device("x", spec -> spec.foreignKey(key)).der());
    }

    private static Bomb manyNames(int names, int constraints) {
        GeneralSubtree[] subtrees = IntStream.range(0, constraints)
                .mapToObj(i -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, i + ".x")))
                .toArray(GeneralSubtree[]::new);
        TestAuthority root = TestAuthority.root("Maker Root");
        TestAuthority constrained = root.intermediate(
                "Constrained",
                spec -> spec.extension(Extension.nameConstraints, true, new NameConstraints(subtrees, subtrees)));
        GeneralName[] alternatives = IntStream.range(0, names)
                .mapToObj(i -> new GeneralName(GeneralName.dNSName, i + ".y"))
                .toArray(GeneralName[]::new);
        byte[] device = constrained
                .device(
                        "x",
                        spec -> spec.extension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives)))
                .der();
        return new Bomb(
                names + " names under " + constraints + " constraints", root, List.of(device, constrained.der()));
    }

    private static List<byte[]> deep(TestAuthority root) {
        List<byte[]> chain = new ArrayList<>();
        TestAuthority ca = root;
        for (int i = 0; i < 99; i++) {
            ca = ca.intermediate("Depth " + i);
            chain.addFirst(ca.der());
        }
        chain.addFirst(ca.device("x").der());
        return chain;
    }

    /// Any of nine CAs of one name may have issued any other: 9! paths by names alone.
    private static Bomb sameNames() {
        TestAuthority root = TestAuthority.root("Same");
        KeyPair slow = TestKeys.rsa(2_048);
        List<byte[]> chain = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            chain.add(TestAuthority.root("Same", slow, spec -> spec.without(Extension.subjectKeyIdentifier))
                    .der());
        }
        chain.addFirst(TestAuthority.root("Same", slow, spec -> spec)
                .bare("x", spec -> spec)
                .der());
        return new Bomb("nine CAs of one name", root, chain);
    }

    private static Bomb policies() {
        TestAuthority root = TestAuthority.root(
                "Demanding",
                TestKeys.p256(),
                spec -> spec.extensionBytes(
                        Extension.policyConstraints, true, new byte[] {0x30, 3, (byte) 0x80, 1, 0}));
        TestAuthority ca = root;
        List<byte[]> chain = new ArrayList<>();
        for (int level = 0; level < 4; level++) {
            String branch = "1.2.3." + level + ".";
            ca = ca.intermediate(
                    "Level " + level, spec -> spec.extension(Extension.certificatePolicies, false, oids(branch, 60))
                            .extension(Extension.policyMappings, true, mappings(branch, 60)));
            chain.addFirst(ca.der());
        }
        chain.addFirst(ca.device("x").der());
        return new Bomb("a graph of mapped policies", root, chain);
    }

    private static DERSequence oids(String branch, int count) {
        return new DERSequence(IntStream.range(0, count)
                .mapToObj(i -> new DERSequence(new ASN1ObjectIdentifier(branch + i)))
                .toArray(DERSequence[]::new));
    }

    private static DERSequence mappings(String branch, int count) {
        return new DERSequence(IntStream.range(0, count)
                .mapToObj(i -> new DERSequence(new ASN1ObjectIdentifier[] {
                    new ASN1ObjectIdentifier(branch + i), new ASN1ObjectIdentifier(branch + (i + 1) % count)
                }))
                .toArray(DERSequence[]::new));
    }
}
