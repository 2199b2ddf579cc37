package io.muster.attestors.tpm.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.Recorded;
import io.muster.attestors.tpm.testkit.SoftKey;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAreaReaderTest {

    /// Where things stand in a TPM2B_PUBLIC of an RSA storage key with a policy of 32 bytes.
    private static final int TYPE = 2;

    private static final int NAME_ALGORITHM = 4;
    private static final int ATTRIBUTES = 6;
    private static final int POLICY_SIZE = 10;
    private static final int CIPHER = 44;
    private static final int SCHEME = 50;
    private static final int KEY_BITS = 52;
    private static final int EXPONENT = 54;
    private static final int MODULUS_SIZE = 58;

    @Test
    void an_rsa_endorsement_key_is_read() {
        PublicArea area = Readings.area(Recorded.octets("endorsement.rsa"));

        assertThat(area.nameAlgorithm()).isEqualTo(HashAlgorithm.SHA256);
        assertThat(area.attributes().bits()).isEqualTo(0x000300b2);
        assertThat(area.authPolicy().toArray()).isEqualTo(SoftKey.POLICY_A);
        assertThat(area.storageBits()).isEqualTo(OptionalInt.of(128));
        assertThat(area.scheme()).isEmpty();
        assertThat(area.key()).isInstanceOf(PublicKeyPart.Rsa.class);
        PublicKeyPart.Rsa key = (PublicKeyPart.Rsa) area.key();
        assertThat(key.exponent()).isEqualTo(65537);
        assertThat(key.modulus().bitLength()).isEqualTo(2048);
        assertThat(area.sized().toArray()).isEqualTo(Recorded.octets("endorsement.rsa"));
    }

    @Test
    void a_p384_endorsement_key_has_names_and_ciphers_of_its_own_strength() {
        PublicArea area = Readings.area(Recorded.octets("endorsement.p384"));

        assertThat(area.nameAlgorithm()).isEqualTo(HashAlgorithm.SHA384);
        assertThat(area.storageBits()).isEqualTo(OptionalInt.of(256));
        assertThat(area.name().size()).isEqualTo(2 + 48);
    }

    @Test
    void an_attestation_key_is_read_and_named_as_the_tpm_names_it() {
        PublicArea area = Readings.area(Recorded.octets("attestation.p256"));

        assertThat(area.scheme())
                .isEqualTo(Optional.of(new SigningScheme(SigningScheme.Algorithm.ECDSA, HashAlgorithm.SHA256)));
        assertThat(area.name().toArray()).isEqualTo(Recorded.octets("attestation.p256.name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"endorsement.rsa", "attestation.rsassa", "attestation.rsapss", "signing.rsa"})
    void an_rsa_key_becomes_what_certificates_hold(String name) throws Exception {
        PublicArea area = Readings.area(Recorded.octets(name));
        PublicKeyPart.Rsa key = (PublicKeyPart.Rsa) area.key();

        PublicKey decoded = asJavaReads(area, "RSA");
        assertThat(decoded.getEncoded()).isEqualTo(area.subjectPublicKeyInfo().toArray());
        assertThat(((RSAPublicKey) decoded).getModulus()).isEqualTo(key.modulus());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "endorsement.p256",
                "endorsement.p384",
                "storage.p256",
                "attestation.p256",
                "attestation.p384",
                "signing.p256"
            })
    void an_elliptic_key_becomes_what_certificates_hold(String name) throws Exception {
        PublicArea area = Readings.area(Recorded.octets(name));
        PublicKeyPart.Ecc key = (PublicKeyPart.Ecc) area.key();

        PublicKey decoded = asJavaReads(area, "EC");
        assertThat(decoded.getEncoded()).isEqualTo(area.subjectPublicKeyInfo().toArray());
        assertThat(((ECPublicKey) decoded).getW().getAffineX()).isEqualTo(key.x());
        assertThat(((ECPublicKey) decoded).getW().getAffineY()).isEqualTo(key.y());
    }

    private static PublicKey asJavaReads(PublicArea area, String algorithm) throws Exception {
        return KeyFactory.getInstance(algorithm)
                .generatePublic(
                        new X509EncodedKeySpec(area.subjectPublicKeyInfo().toArray()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"endorsement.rsa", "endorsement.p384", "attestation.p256", "attestation.rsapss"})
    void nothing_shorter_and_nothing_longer_is_read(String name) {
        byte[] sized = Recorded.octets(name);

        Readings.assertNeitherShorterNorLonger(sized, PublicAreaReader::sized);
        Readings.assertNeitherShorterNorLonger(Arrays.copyOfRange(sized, 2, sized.length), PublicAreaReader::bare);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65535})
    void a_size_of_nothing_or_of_everything_is_refused(int size) {
        assertThat(Readings.flaw(PublicAreaReader.sized(new Marshal().u16(size).octets())))
                .isInstanceOf(Flaw.WrongSize.class);
        assertThat(PublicAreaReader.sized(changed(POLICY_SIZE, size))).isInstanceOf(Reading.Refused.class);
        assertThat(Readings.flaw(PublicAreaReader.sized(changed(MODULUS_SIZE, size))))
                .isInstanceOf(Flaw.WrongSize.class);
    }

    @Test
    void more_bytes_than_any_key_has_are_not_looked_at() {
        assertThat(Readings.flaw(PublicAreaReader.bare(new byte[65536]))).isInstanceOf(Flaw.TooLarge.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0000, 0x0008, 0x0025, 0xffff})
    void a_key_that_is_neither_rsa_nor_ecc_is_refused(int type) {
        assertThat(Readings.flaw(PublicAreaReader.sized(changed(TYPE, type)))).isInstanceOf(Flaw.Unsupported.class);
    }

    @Test
    void a_name_by_sha1_is_refused() {
        assertThat(Readings.flaw(PublicAreaReader.sized(changed(NAME_ALGORITHM, 0x0004))))
                .isInstanceOf(Flaw.Unsupported.class);
    }

    @Test
    void a_policy_of_another_digest_than_the_names_is_refused() {
        assertThat(Readings.flaw(PublicAreaReader.sized(changed(NAME_ALGORITHM, 0x000c))))
                .isInstanceOf(Flaw.WrongSize.class);
    }

    @Test
    void reserved_attributes_are_refused() {
        assertThat(Readings.flaw(PublicAreaReader.sized(changed(ATTRIBUTES, 0x8003))))
                .isInstanceOf(Flaw.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0010, 0x0013, 0x0026})
    void a_storage_key_with_another_cipher_is_refused(int cipher) {
        assertThat(Readings.flaw(PublicAreaReader.sized(changed(CIPHER, cipher))))
                .isInstanceOfAny(Flaw.Malformed.class, Flaw.Unsupported.class);
    }

    @Test
    void a_storage_key_that_signs_by_its_scheme_is_refused() {
        ByteBuffer whole = ByteBuffer.wrap(changed(0, 0x013c));
        byte[] inserted = new Marshal()
                .raw(Arrays.copyOf(whole.array(), SCHEME))
                .u16(0x0014)
                .u16(0x000b)
                .raw(Arrays.copyOfRange(whole.array(), KEY_BITS, whole.capacity()))
                .octets();

        assertThat(Readings.flaw(PublicAreaReader.sized(inserted))).isInstanceOf(Flaw.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2047, 65535})
    void rsa_of_another_length_is_refused(int bits) {
        assertThat(Readings.flaw(PublicAreaReader.sized(changed(KEY_BITS, bits))))
                .isInstanceOf(Flaw.Unsupported.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 65536})
    void an_exponent_that_hides_nothing_is_refused(int exponent) {
        byte[] octets = Recorded.octets("endorsement.rsa");
        ByteBuffer.wrap(octets).putInt(EXPONENT, exponent);

        assertThat(Readings.flaw(PublicAreaReader.sized(octets))).isInstanceOf(Flaw.WeakKey.class);
    }

    @Test
    void an_exponent_of_three_is_read() {
        byte[] octets = Recorded.octets("endorsement.rsa");
        ByteBuffer.wrap(octets).putInt(EXPONENT, 3);

        assertThat(Readings.area(octets).key())
                .isInstanceOfSatisfying(PublicKeyPart.Rsa.class, key -> assertThat(key.exponent())
                        .isEqualTo(3));
    }

    @Test
    void a_modulus_that_is_even_or_begins_with_zero_is_refused() {
        byte[] even = Recorded.octets("endorsement.rsa");
        even[even.length - 1] &= (byte) 0xfe;
        byte[] small = Recorded.octets("endorsement.rsa");
        small[MODULUS_SIZE + 2] = 0;

        assertThat(Readings.flaw(PublicAreaReader.sized(even))).isInstanceOf(Flaw.WeakKey.class);
        assertThat(Readings.flaw(PublicAreaReader.sized(small))).isInstanceOf(Flaw.WeakKey.class);
    }

    @Test
    void a_point_beside_the_curve_is_refused() {
        byte[] octets = Recorded.octets("endorsement.p256");
        octets[octets.length - 1] ^= 1;

        assertThat(Readings.flaw(PublicAreaReader.sized(octets))).isInstanceOf(Flaw.WeakKey.class);
    }

    @Test
    void another_curve_is_refused() {
        byte[] octets = Recorded.octets("attestation.p256");
        ByteBuffer.wrap(octets).putShort(18, (short) 0x0010);

        assertThat(Readings.flaw(PublicAreaReader.sized(octets))).isInstanceOf(Flaw.Unsupported.class);
    }

    private static byte[] changed(int at, int number) {
        byte[] octets = Recorded.octets("endorsement.rsa");
        ByteBuffer.wrap(octets).putShort(at, (short) number);
        return octets;
    }
}
