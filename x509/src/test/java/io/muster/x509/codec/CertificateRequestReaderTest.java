package io.muster.x509.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.Bytes;
import io.muster.core.device.KeyAlgorithm;
import io.muster.core.door.CertificateRequest;
import io.muster.core.door.CertificateRequest.AlternativeName;
import io.muster.core.door.CertificateRequest.AlternativeName.Kind;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Refusal;
import io.muster.x509.codec.CertificateRequestReader.Reading;
import io.muster.x509.testkit.Openssl;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestKeys;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateRequestReaderTest {

    private static final ASN1ObjectIdentifier CHANGE_SUBJECT_NAME = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.7.36");

    @TempDir
    Path folder;

    @Test
    void an_ordinary_request_is_read_whole() {
        RequestSpec spec = RequestSpec.of("Pump-1")
                .extension(Extension.subjectAlternativeName, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "Pump-1.Example"),
                    new GeneralName(GeneralName.uniformResourceIdentifier, "urn:pump:1"),
                    new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
                    new GeneralName(GeneralName.rfc822Name, "a@example.com")
                }))
                .extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                .extension(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature));
        byte[] der = spec.der();

        CertificateRequest request = read(der);

        assertThat(request.der()).isEqualTo(Bytes.of(der));
        assertThat(request.purpose()).isEqualTo(Purpose.ENROLL);
        assertThat(request.algorithm()).isEqualTo(KeyAlgorithm.P256);
        assertThat(request.publicKey())
                .isEqualTo(Bytes.of(spec.keys().getPublic().getEncoded()));
        assertThat(request.asked().commonName()).contains("Pump-1");
        assertThat(request.asked().subject()).isEqualTo("CN=pump-1");
        assertThat(request.asked().authority()).isFalse();
        assertThat(request.asked().channelBinding()).isFalse();
        assertThat(request.asked().newSubject()).isEmpty();
        assertThat(request.asked().purposes()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(request.asked().names())
                .containsExactly(
                        new AlternativeName(Kind.DNS, "pump-1.example"),
                        new AlternativeName(Kind.URI, "urn:pump:1"),
                        new AlternativeName(Kind.IP, "192.0.2.1"),
                        new AlternativeName(Kind.EMAIL, "a@example.com"));
    }

    @Test
    void every_kind_of_key_that_is_certified_is_read() {
        Map.of(
                        KeyAlgorithm.P256, TestKeys.p256(),
                        KeyAlgorithm.P384, TestKeys.curve("secp384r1"),
                        KeyAlgorithm.RSA, TestKeys.rsa(2048),
                        KeyAlgorithm.ED25519, TestKeys.ed25519())
                .forEach((algorithm, keys) -> assertThat(
                                read(RequestSpec.of("x", keys).der()).algorithm())
                        .isEqualTo(algorithm));
    }

    @Test
    void a_request_of_the_openssl_command_is_read() {
        Openssl openssl = Openssl.in(folder);
        openssl.run(
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-subj",
                "/O=A/CN=d_1",
                "-addext",
                "subjectAltName=DNS:d1",
                "-keyout",
                "k.pem",
                "-outform",
                "DER",
                "-out",
                "d.csr");

        assertThat(read(openssl.read("d.csr")).asked().subject()).isEqualTo("O=a,CN=d_1");
    }

    @Test
    void an_empty_subject_leaves_the_name_to_the_authority() {
        CertificateRequest request = read(RequestSpec.of("x")
                .subject(new X500Name(new org.bouncycastle.asn1.x500.RDN[0]))
                .der());

        assertThat(request.asked().subject()).isEmpty();
        assertThat(request.asked().commonName()).isEmpty();
    }

    @Test
    void letter_case_spaces_and_string_types_make_no_other_subject() {
        X500Name plain = name(new DERUTF8String("Pump One"), new DERUTF8String("Acme"));
        X500Name other = name(new DERPrintableString(" pump  ONE "), new DERPrintableString("ACME"));

        assertThat(subject(other)).isEqualTo(subject(plain));
        assertThat(subject(name(new DERUTF8String("Pump Two"), new DERUTF8String("Acme"))))
                .isNotEqualTo(subject(plain));
    }

    @Test
    void a_value_cannot_pose_as_two_attributes() {
        X500Name two = new X500NameBuilder()
                .addRDN(BCStyle.O, new DERUTF8String("a"))
                .addRDN(BCStyle.CN, new DERUTF8String("b"))
                .build();
        X500Name posing = new X500NameBuilder()
                .addRDN(BCStyle.O, new DERUTF8String("a,CN=b"))
                .build();
        X500Name company = new X500NameBuilder()
                .addMultiValuedRDN(
                        new ASN1ObjectIdentifier[] {BCStyle.O, BCStyle.OU},
                        new ASN1Encodable[] {new DERUTF8String("a"), new DERUTF8String("b")})
                .build();
        X500Name plus = new X500NameBuilder()
                .addRDN(BCStyle.O, new DERUTF8String("a+2.5.4.11=b"))
                .build();

        assertThat(subject(posing)).isNotEqualTo(subject(two));
        assertThat(subject(plus)).isNotEqualTo(subject(company));
    }

    @Test
    void a_subject_that_could_be_read_in_two_ways_is_malformed() {
        X500Name[] names = {
            new X500Name("CN=a,CN=b"),
            new X500Name("CN=a+OU=b"),
            new X500NameBuilder().addRDN(BCStyle.CN, new DERBMPString("a")).build(),
            new X500NameBuilder().addRDN(BCStyle.CN, new DERT61String("a")).build(),
            new X500NameBuilder().addRDN(BCStyle.O, new DERT61String("a")).build(),
            new X500NameBuilder().addRDN(BCStyle.CN, new DERIA5String("a")).build(),
            new X500NameBuilder().addRDN(BCStyle.CN, new DERUTF8String("")).build(),
            new X500NameBuilder()
                    .addRDN(BCStyle.CN, new DERUTF8String("a\u0000b"))
                    .build(),
            new X500NameBuilder()
                    .addRDN(BCStyle.CN, new DERUTF8String("a\u202eb"))
                    .build(),
            new X500NameBuilder().addRDN(BCStyle.O, new DERUTF8String("a\r\nb")).build(),
            new X500NameBuilder().addRDN(BCStyle.O, DERNull.INSTANCE).build()
        };
        for (X500Name name : names) {
            assertThat(refusal(RequestSpec.of("x").subject(name).der()))
                    .as(name.toString())
                    .isInstanceOf(Refusal.CertificateRequestMalformed.class);
        }
    }

    @Test
    void an_e_mail_address_in_the_subject_may_be_ia5() {
        X500Name name = new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERUTF8String("a"))
                .addRDN(BCStyle.EmailAddress, new DERIA5String("a@b.c"))
                .build();

        assertThat(subject(name)).isEqualTo("CN=a,1.2.840.113549.1.9.1=a@b.c");
    }

    @Test
    void asking_to_be_an_authority_is_seen_in_any_form() {
        assertThat(read(RequestSpec.of("x")
                                .extension(Extension.basicConstraints, new BasicConstraints(true))
                                .der())
                        .asked()
                        .authority())
                .isTrue();
        assertThat(read(RequestSpec.of("x")
                                .extension(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign))
                                .der())
                        .asked()
                        .authority())
                .isTrue();
        assertThat(read(RequestSpec.of("x")
                                .extension(Extension.keyUsage, new KeyUsage(KeyUsage.cRLSign))
                                .der())
                        .asked()
                        .authority())
                .isTrue();
        assertThat(read(RequestSpec.of("x")
                                .extension(Extension.basicConstraints, new BasicConstraints(false))
                                .der())
                        .asked()
                        .authority())
                .isFalse();
    }

    @Test
    void a_challenge_password_is_a_channel_binding_unless_it_is_empty() {
        assertThat(read(challenge("c2VjcmV0")).asked().channelBinding()).isTrue();
        assertThat(read(challenge("")).asked().channelBinding()).isFalse();
    }

    private static byte[] challenge(String text) {
        return RequestSpec.of("x")
                .attribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String(text))
                .der();
    }

    @Test
    void a_new_subject_is_read_and_a_new_alternative_name_is_not() {
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.dNSName, "x.example"));
        X500Name wanted = new X500Name("O=Acme,CN=pump-2");

        assertThat(newSubject(new DERSequence(wanted))).isEqualTo("O=acme,CN=pump-2");
        assertThat(newSubject(new DERSequence(new ASN1Encodable[] {wanted, names})))
                .isEqualTo("O=acme,CN=pump-2");
        assertThat(newSubject(new DERSequence(names))).isEmpty();
        assertThat(refusal(RequestSpec.of("x")
                        .attribute(CHANGE_SUBJECT_NAME, new DERSequence(new X500Name("CN=a,CN=b")))
                        .der()))
                .isInstanceOf(Refusal.CertificateRequestMalformed.class);
    }

    private static String newSubject(ASN1Encodable change) {
        byte[] der = RequestSpec.of("x").attribute(CHANGE_SUBJECT_NAME, change).der();
        assertThat(SignedRequest.of(Bytes.of(der)).newSubject().map(DistinguishedName::comparableText))
                .isEqualTo(read(der).asked().newSubject());
        return read(der).asked().newSubject().orElse("");
    }

    @Test
    void the_key_to_which_a_server_key_shall_be_encrypted_is_told() {
        byte[] der = RequestSpec.of("x")
                .attribute(PKCSObjectIdentifiers.id_aa_asymmDecryptKeyID, new DEROctetString(new byte[] {1, 2}))
                .der();
        byte[] symmetric = RequestSpec.of("x")
                .attribute(PKCSObjectIdentifiers.id_aa_decryptKeyID, new DEROctetString(new byte[] {1, 2}))
                .der();

        assertThat(reading(der).asymmetricKeyIdentifier()).contains(Bytes.of(new byte[] {1, 2}));
        assertThat(reading(der).symmetricKeyAsked()).isFalse();
        assertThat(reading(symmetric).symmetricKeyAsked()).isTrue();
    }

    @Test
    void what_is_unknown_is_ignored_and_what_is_there_twice_is_malformed() {
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4.5");
        RequestSpec odd = RequestSpec.of("x")
                .attribute(unknown, DERNull.INSTANCE, new DERUTF8String("two"))
                .extension(unknown, DERNull.INSTANCE);

        assertThat(read(odd.der()).asked().commonName()).contains("x");
        assertThat(refusal(odd.attribute(unknown, DERNull.INSTANCE).der()))
                .isInstanceOf(Refusal.CertificateRequestMalformed.class);
        assertThat(refusal(RequestSpec.of("x")
                        .extension(unknown, DERNull.INSTANCE)
                        .extension(unknown, DERNull.INSTANCE)
                        .der()))
                .isInstanceOf(Refusal.CertificateRequestMalformed.class);
    }

    @Test
    void more_than_64_alternative_names_are_malformed() {
        assertThat(read(names(64)).asked().names()).hasSize(64);
        assertThat(refusal(names(65)))
                .isEqualTo(new Refusal.CertificateRequestMalformed(
                        "it carries 65 alternative names; at most 64 are read"));
        assertThat(refusal(names(1000))).isInstanceOf(Refusal.CertificateRequestMalformed.class);
    }

    private static byte[] names(int count) {
        GeneralName[] names = IntStream.range(0, count)
                .mapToObj(i -> new GeneralName(GeneralName.dNSName, "d" + i))
                .toArray(GeneralName[]::new);
        return RequestSpec.of("x")
                .extension(Extension.subjectAlternativeName, new GeneralNames(names))
                .der();
    }

    @Test
    void keys_that_are_not_certified_are_unacceptable() throws Exception {
        SubjectPublicKeyInfo explicit = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(
                        X9ObjectIdentifiers.id_ecPublicKey, SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1)),
                SubjectPublicKeyInfo.getInstance(TestKeys.p256().getPublic().getEncoded())
                        .getPublicKeyData()
                        .getOctets());
        BigInteger odd = BigInteger.ONE.shiftLeft(2047).add(BigInteger.valueOf(12_345));
        SubjectPublicKeyInfo[] keys = {
            SubjectPublicKeyInfo.getInstance(
                    TestKeys.curve("secp521r1").getPublic().getEncoded()),
            SubjectPublicKeyInfo.getInstance(TestKeys.rsa(1024).getPublic().getEncoded()),
            explicit,
            rsa(BigInteger.ONE.shiftLeft(16_383).add(BigInteger.ONE), BigInteger.valueOf(65_537)),
            rsa(odd, BigInteger.ONE.shiftLeft(1_024).add(BigInteger.ONE)),
            rsa(odd, BigInteger.ONE),
        };
        for (SubjectPublicKeyInfo key : keys) {
            assertThat(refusal(RequestSpec.of("x").publicKey(key).der()))
                    .isInstanceOf(Refusal.RequestedKeyUnacceptable.class);
        }
    }

    private static SubjectPublicKeyInfo rsa(BigInteger modulus, BigInteger exponent) throws Exception {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                new RSAPublicKey(modulus, exponent));
    }

    @Test
    void a_signature_that_can_be_forged_or_does_not_fit_the_key_is_malformed() {
        assertThat(refusal(RequestSpec.of("x").signedWith("SHA1withECDSA").der()))
                .isInstanceOf(Refusal.CertificateRequestMalformed.class);
        assertThat(refusal(RequestSpec.of("x")
                        .forgedWith(TestKeys.rsa(2048).getPrivate())
                        .der()))
                .isInstanceOf(Refusal.CertificateRequestMalformed.class);
    }

    @Test
    void another_version_than_0_is_malformed() {
        assertThat(refusal(RequestSpec.of("x").version(1).der()))
                .isEqualTo(new Refusal.CertificateRequestMalformed("its version is not 0"));
    }

    @Test
    void a_request_cut_anywhere_or_longer_than_itself_is_refused() {
        byte[] der = RequestSpec.of("x")
                .extension(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature))
                .der();

        for (int length = 0; length < der.length; length++) {
            assertThat(refusal(Arrays.copyOf(der, length))).isInstanceOf(Refusal.CertificateRequestMalformed.class);
        }
        assertThat(refusal(Arrays.copyOf(der, der.length + 1)))
                .isEqualTo(new Refusal.CertificateRequestMalformed("bytes follow after its end"));
    }

    @Test
    void any_change_of_one_bit_is_read_or_refused() {
        byte[] der = RequestSpec.of("x")
                .attribute(CHANGE_SUBJECT_NAME, new DERSequence(new X500Name("CN=x")))
                .attribute(PKCSObjectIdentifiers.pkcs_9_at_challengePassword, new DERUTF8String("p"))
                .extension(Extension.keyUsage, new KeyUsage(KeyUsage.digitalSignature))
                .extension(Extension.basicConstraints, new BasicConstraints(false))
                .extension(Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
                .extension(
                        Extension.subjectAlternativeName,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, "192.0.2.1")))
                .der();

        for (int bit = 0; bit < 8 * der.length; bit++) {
            byte[] changed = der.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            switch (CertificateRequestReader.read(changed, Purpose.ENROLL)) {
                case Reading.Read read ->
                    assertThat(SignedRequest.of(read.request().der()).seal()).isNotNull();
                case Reading.Refused refused -> assertThat(refused.refusal()).isNotNull();
            }
        }
    }

    @Test
    void empty_lists_in_attributes_and_extensions_are_refused_or_mean_nothing() {
        byte[] empty = {0x30, 0};

        assertThat(refusal(RequestSpec.of("x")
                        .extensionBytes(Extension.extendedKeyUsage, empty)
                        .der()))
                .isInstanceOf(Refusal.CertificateRequestMalformed.class);
        assertThat(read(RequestSpec.of("x")
                                .extensionBytes(Extension.basicConstraints, empty)
                                .der())
                        .asked()
                        .authority())
                .isFalse();
        assertThat(refusal(RequestSpec.of("x").attribute(CHANGE_SUBJECT_NAME).der()))
                .isInstanceOf(Refusal.CertificateRequestMalformed.class);
        assertThat(newSubject(new DERSequence())).isEmpty();
    }

    @Test
    void a_request_of_more_than_16_kilobytes_is_not_looked_at() {
        assertThat(refusal(new byte[CertificateRequestReader.MAX_BYTES + 1]))
                .isEqualTo(new Refusal.TooLarge("The certificate request", 16_384));
    }

    private static X500Name name(ASN1Encodable commonName, ASN1Encodable organization) {
        return new X500NameBuilder()
                .addRDN(BCStyle.O, organization)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static String subject(X500Name name) {
        return read(RequestSpec.of("x").subject(name).der()).asked().subject();
    }

    private static Reading.Read reading(byte[] der) {
        Reading reading = CertificateRequestReader.read(der, Purpose.ENROLL);
        assertThat(reading).isInstanceOf(Reading.Read.class);
        return (Reading.Read) reading;
    }

    private static CertificateRequest read(byte[] der) {
        return reading(der).request();
    }

    private static Refusal refusal(byte[] der) {
        Reading reading = CertificateRequestReader.read(der, Purpose.ENROLL);
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused) reading).refusal();
    }
}
