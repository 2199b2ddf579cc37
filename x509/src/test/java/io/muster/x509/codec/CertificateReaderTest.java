package io.muster.x509.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.x509.testkit.CertificateSpec;
import io.muster.x509.testkit.TestAuthority;
import io.muster.x509.testkit.TestKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

class CertificateReaderTest {

    private static final BigInteger F4 = BigInteger.valueOf(65_537);

    private final TestAuthority root = TestAuthority.root("Maker Root");

    @Test
    void a_certificate_becomes_values() {
        TestAuthority.Issued device = root.device("pump-1");
        Certificate certificate = read(device.der());

        assertThat(certificate.version()).isEqualTo(3);
        assertThat(certificate.key().kind()).isEqualTo(KeyKind.P256);
        assertThat(certificate.key().spki().toArray())
                .isEqualTo(device.keys().getPublic().getEncoded());
        assertThat(certificate.issuer().text()).isEqualTo("CN=Maker Root");
        assertThat(certificate.validity().notBefore()).isEqualTo(CertificateSpec.NOW.minusSeconds(86_400));
    }

    @Test
    void a_certificate_without_end_is_valid_until_the_end_of_9999() {
        Instant end = Instant.parse("9999-12-31T23:59:59Z");

        assertThat(read(root.device("x", spec -> spec.validUntil(end)).der())
                        .validity()
                        .notAfter())
                .isEqualTo(end);
    }

    @Test
    void more_than_16_kilobytes_are_not_even_looked_at() {
        assertThat(refused(new byte[Certificate.MAX_BYTES + 1]))
                .isEqualTo(new Finding.TooLarge(Certificate.MAX_BYTES + 1, Certificate.MAX_BYTES));
    }

    @Test
    void random_bytes_are_refused() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] = 0x30;
                bytes[1] = (byte) (bytes.length - 2);
            }
            assertThat(refused(bytes)).isInstanceOf(Finding.Malformed.class);
        }
    }

    @Test
    void rsa_keys_of_2048_to_4096_bits_with_a_usual_exponent_are_taken() {
        assertThat(read(rsaWith(honest(2_048), F4)).key().kind()).isEqualTo(KeyKind.RSA);
        assertThat(read(rsaWith(honest(4_096), BigInteger.valueOf(3))).key().kind())
                .isEqualTo(KeyKind.RSA);
        assertThat(refused(rsaWith(honest(2_040), F4))).isInstanceOf(Finding.WeakKey.class);
        assertThat(refused(rsaWith(honest(4_104), F4))).isInstanceOf(Finding.WeakKey.class);
        assertThat(refused(rsaWith(honest(2_048), BigInteger.ONE))).isInstanceOf(Finding.WeakKey.class);
        assertThat(refused(rsaWith(honest(2_048), BigInteger.TWO.pow(32).add(BigInteger.ONE))))
                .isInstanceOf(Finding.WeakKey.class);
        assertThat(refused(rsaWith(honest(2_048).negate(), F4))).isInstanceOf(Finding.Malformed.class);
        assertThat(refused(rsaWith(honest(2_048).shiftLeft(1), F4))).isInstanceOf(Finding.WeakKey.class);
    }

    private static BigInteger honest(int bits) {
        Random random = new Random(bits);
        return BigInteger.probablePrime(bits / 2 - 3, random)
                .multiply(BigInteger.probablePrime(bits / 2 + 3, random))
                .setBit(bits - 1);
    }

    @Test
    void an_rsa_key_of_two_close_primes_is_refused() {
        BigInteger prime =
                BigInteger.probablePrime(1_024, new Random(7)).setBit(1_023).setBit(1_022);
        BigInteger close =
                prime.nextProbablePrime().multiply(prime.nextProbablePrime().nextProbablePrime());

        assertThat(refused(rsaWith(close, F4)))
                .isInstanceOfSatisfying(
                        Finding.WeakKey.class, it -> assertThat(it.what()).contains("primes"));
    }

    @Test
    void an_rsa_key_with_the_mark_of_roca_is_refused() {
        BigInteger primorial = BigInteger.ONE;
        for (int i = 2; i <= 701; i++) {
            if (BigInteger.valueOf(i).isProbablePrime(20)) {
                primorial = primorial.multiply(BigInteger.valueOf(i));
            }
        }
        BigInteger p = F4.modPow(BigInteger.valueOf(1_234), primorial).add(primorial.multiply(honest(50)));
        BigInteger q = F4.modPow(BigInteger.valueOf(4_321), primorial).add(primorial.multiply(honest(60)));
        BigInteger modulus = p.multiply(q);

        assertThat(modulus.bitLength()).isBetween(2_048, 4_096);
        assertThat(refused(rsaWith(modulus, F4)))
                .isInstanceOfSatisfying(
                        Finding.WeakKey.class, it -> assertThat(it.what()).contains("ROCA"));
    }

    @Test
    void a_key_has_one_encoding_only() throws IOException {
        KeyPair pair = TestKeys.p256();
        byte[] point = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded())
                .getPublicKeyData()
                .getOctets();
        byte[] compressed = Arrays.copyOf(point, 33);
        compressed[0] = (byte) (2 + (point[64] & 1));
        var curve = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);
        var bareRsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);

        assertThat(refused(keyed(new SubjectPublicKeyInfo(curve, compressed))))
                .isInstanceOf(Finding.UnsupportedKey.class);
        assertThat(refused(keyed(new SubjectPublicKeyInfo(bareRsa, new RSAPublicKey(honest(2_048), F4)))))
                .isInstanceOf(Finding.Malformed.class);
    }

    @Test
    void a_key_for_oaep_alone_is_read_where_keys_decrypt_and_nowhere_else() {
        KeyPair rsa = TestKeys.rsa(2048);
        byte[] plain = rsa.getPublic().getEncoded();
        SubjectPublicKeyInfo oaep = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP),
                SubjectPublicKeyInfo.getInstance(plain).getPublicKeyData().getOctets());
        byte[] der = root.device("x", spec -> spec.foreignKey(oaep)).der();

        assertThat(refused(der)).isInstanceOf(Finding.UnsupportedKey.class);
        assertThat(CertificateReader.readDecrypting(der)).isInstanceOfSatisfying(Reading.Read.class, read -> {
            assertThat(read.certificate().key().kind()).isEqualTo(KeyKind.RSA);
            assertThat(read.certificate().key().spki().toArray()).isEqualTo(plain);
        });
        assertThat(CertificateReader.readDecrypting(root.device("y").der())).isInstanceOf(Reading.Read.class);
    }

    @Test
    void a_key_for_oaep_alone_must_be_as_strong_as_any() throws IOException {
        SubjectPublicKeyInfo weak = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSAES_OAEP),
                new RSAPublicKey(BigInteger.ONE.shiftLeft(1023).setBit(0), F4));
        byte[] der = root.device("x", spec -> spec.foreignKey(weak)).der();

        assertThat(CertificateReader.readDecrypting(der))
                .isInstanceOfSatisfying(Reading.Refused.class, refused -> assertThat(refused.finding())
                        .isInstanceOf(Finding.WeakKey.class));
    }

    @Test
    void curves_that_nobody_needs_are_refused() throws IOException {
        for (var oid : List.of(SECObjectIdentifiers.secp256k1, SECObjectIdentifiers.sect571r1)) {
            var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, oid);
            assertThat(refused(keyed(new SubjectPublicKeyInfo(algorithm, new byte[65]))))
                    .isInstanceOf(Finding.UnsupportedKey.class);
        }
    }

    @Test
    void a_common_name_is_read_from_either_usual_string_and_may_be_long() {
        String longName = "d".repeat(128);

        assertThat(commonName(new DERUTF8String(longName))).isEqualTo(new CommonName.Named(longName));
        assertThat(read(root.device("plain").der()).subject().commonName()).isEqualTo(new CommonName.Named("plain"));
    }

    @Test
    void odd_strings_are_each_named() {
        assertThat(commonName(new DERBMPString("x")))
                .isEqualTo(new CommonName.Unusable(new Finding.OddCommonNameType("BMPString")));
        assertThat(commonName(new DERT61String("x")))
                .isEqualTo(new CommonName.Unusable(new Finding.OddCommonNameType("T61String")));
        assertThat(commonName(DERNull.INSTANCE)).isInstanceOf(CommonName.Unusable.class);
    }

    @Test
    void none_or_two_or_a_shared_common_name_is_unusable() {
        assertThat(commonName(new X500Name("O=x"))).isEqualTo(new CommonName.Unusable(new Finding.NoCommonName()));
        assertThat(commonName(new X500Name("CN=a,CN=b")))
                .isEqualTo(new CommonName.Unusable(new Finding.SeveralCommonNames(2)));
        assertThat(commonName(new X500Name("CN=a+CN=b")))
                .isEqualTo(new CommonName.Unusable(new Finding.SeveralCommonNames(2)));
        assertThat(commonName(new X500Name("CN=a+O=b")))
                .isEqualTo(new CommonName.Unusable(new Finding.CommonNameInCompany()));
    }

    @Test
    void a_name_that_is_shown_plays_no_tricks_and_has_an_end() {
        X500Name name = new X500NameBuilder()
                .addRDN(BCStyle.O, new DERUTF8String("a\r\n\u202e" + "b".repeat(1_000)))
                .build();

        assertThat(read(root.device("x", spec -> spec.subject(name)).der())
                        .subject()
                        .text())
                .doesNotContain("\r", "\n", "\u202e")
                .hasSizeLessThan(202);
    }

    @Test
    void names_match_without_case_and_spaces_and_in_either_string_type() {
        X500Name utf8 = new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERUTF8String("  maker   ROOT "))
                .build();

        assertThat(read(root.device("x", spec -> spec.subject(utf8)).der())
                        .subject()
                        .matches(read(root.der()).subject()))
                .isTrue();
    }

    private byte[] rsaWith(BigInteger modulus, BigInteger exponent) {
        try {
            var algorithm = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
            return keyed(new SubjectPublicKeyInfo(algorithm, new RSAPublicKey(modulus, exponent)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] keyed(SubjectPublicKeyInfo key) {
        return root.device("x", spec -> spec.foreignKey(key)).der();
    }

    private CommonName commonName(ASN1Encodable value) {
        return commonName(new X500NameBuilder().addRDN(BCStyle.CN, value).build());
    }

    private CommonName commonName(X500Name subject) {
        return read(root.device("x", spec -> spec.subject(subject)).der())
                .subject()
                .commonName();
    }

    private static Certificate read(byte[] der) {
        Reading reading = CertificateReader.read(der);
        assertThat(reading).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) reading).certificate();
    }

    private static Finding refused(byte[] der) {
        Reading reading = CertificateReader.read(der);
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused) reading).finding();
    }
}
