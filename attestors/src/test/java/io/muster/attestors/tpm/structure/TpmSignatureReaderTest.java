package io.muster.attestors.tpm.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.Recorded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TpmSignatureReaderTest {

    @Test
    void an_elliptic_signature_becomes_two_numbers_in_der() {
        TpmSignature signature = Readings.value(TpmSignatureReader.read(Recorded.octets("certify.signature")));

        assertThat(signature.scheme())
                .isEqualTo(new SigningScheme(SigningScheme.Algorithm.ECDSA, HashAlgorithm.SHA256));
        assertThat(signature.value().hex()).startsWith("3045022100bb72cc18").contains("022040ac740b");
    }

    @Test
    void short_numbers_are_read() {
        byte[] octets = ecdsa(new byte[] {5}, new byte[] {0, 0, (byte) 0x80});

        assertThat(Readings.value(TpmSignatureReader.read(octets)).value().hex())
                .isEqualTo("3007" + "020105" + "02020080");
    }

    @Test
    void numbers_that_are_zero_empty_or_longer_than_a_curve_are_refused() {
        assertThat(flaw(ecdsa(new byte[32], new byte[] {1}))).isInstanceOf(Flaw.Malformed.class);
        assertThat(flaw(ecdsa(new byte[] {1}, new byte[0]))).isInstanceOf(Flaw.WrongSize.class);
        assertThat(flaw(ecdsa(new byte[49], new byte[] {1}))).isInstanceOf(Flaw.WrongSize.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0014, 0x0016})
    void an_rsa_signature_is_as_long_as_its_key(int scheme) {
        assertThat(Readings.value(TpmSignatureReader.read(rsa(scheme, 256)))
                        .value()
                        .size())
                .isEqualTo(256);
        assertThat(flaw(rsa(scheme, 0))).isInstanceOf(Flaw.WrongSize.class);
        assertThat(flaw(rsa(scheme, 128))).isInstanceOf(Flaw.WrongSize.class);
        assertThat(flaw(rsa(scheme, 513))).isInstanceOf(Flaw.TooLarge.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0005, 0x0010, 0x001a, 0x001b, 0x001c, 0xffff})
    void other_schemes_are_refused(int scheme) {
        assertThat(flaw(rsa(scheme, 256))).isInstanceOf(Flaw.Unsupported.class);
    }

    @Test
    void a_signature_over_sha1_is_refused() {
        byte[] octets =
                new Marshal().u16(0x0014).u16(0x0004).sized(new byte[256]).octets();

        assertThat(flaw(octets)).isInstanceOf(Flaw.Unsupported.class);
    }

    @Test
    void nothing_shorter_and_nothing_longer_is_read() {
        Readings.assertNeitherShorterNorLonger(Recorded.octets("certify.signature"), TpmSignatureReader::read);
        Readings.assertNeitherShorterNorLonger(rsa(0x0014, 256), TpmSignatureReader::read);
    }

    private static Flaw flaw(byte[] octets) {
        return Readings.flaw(TpmSignatureReader.read(octets));
    }

    private static byte[] ecdsa(byte[] r, byte[] s) {
        return new Marshal().u16(0x0018).u16(0x000b).sized(r).sized(s).octets();
    }

    private static byte[] rsa(int scheme, int bytes) {
        return new Marshal().u16(scheme).u16(0x000b).sized(new byte[bytes]).octets();
    }
}
