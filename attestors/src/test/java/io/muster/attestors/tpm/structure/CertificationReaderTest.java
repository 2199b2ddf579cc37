package io.muster.attestors.tpm.structure;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.attestors.tpm.testkit.Readings;
import io.muster.attestors.tpm.testkit.Recorded;
import io.muster.attestors.tpm.testkit.SoftKey;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificationReaderTest {

    private static final int TYPE = 4;
    private static final int SIGNER_SIZE = 6;
    private static final int SAFE = 6 + 2 + 34 + 2 + 4 + 16;

    @Test
    void the_certification_of_a_key_is_read() {
        Certification certification = Readings.value(CertificationReader.bare(Recorded.octets("certify")));

        assertThat(certification.extraData().hex()).isEqualTo("00ff55aa");
        assertThat(certification.name())
                .isEqualTo(Readings.area(Recorded.octets("signing.p256")).name());
        assertThat(certification.qualifiedSigner().size()).isEqualTo(34);
        assertThat(certification.qualifiedName().size()).isEqualTo(34);
        assertThat(certification.clock().safe()).isTrue();
        assertThat(certification.clock().milliseconds()).isPositive();
        assertThat(certification.marshaled().toArray()).isEqualTo(Recorded.octets("certify"));
    }

    @Test
    void a_quote_is_told_apart() {
        Flaw flaw = Readings.flaw(CertificationReader.bare(Recorded.octets("quote")));

        assertThat(flaw).isInstanceOf(Flaw.NotACertification.class);
        assertThat(flaw.says()).contains("a quote (8018");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8014, 0x8019, 0x801a, 0x0000, 0xffff})
    void every_other_attestation_is_told_apart(int type) {
        byte[] octets = Recorded.octets("certify");
        ByteBuffer.wrap(octets).putShort(TYPE, (short) type);

        assertThat(Readings.flaw(CertificationReader.bare(octets)).code()).isEqualTo("tpm_attestation_wrong_type");
    }

    @Test
    void what_no_tpm_wrote_is_told_apart() {
        byte[] octets = SoftKey.attestation(0xff544348L, 0x8017, new byte[4], new byte[34]);

        assertThat(Readings.flaw(CertificationReader.bare(octets))).isEqualTo(new Flaw.NotFromTpm("ff544348"));
    }

    @Test
    void a_clock_that_is_neither_safe_nor_unsafe_is_refused() {
        byte[] octets = Recorded.octets("certify");
        assertThat(octets[SAFE]).isEqualTo((byte) 1);
        octets[SAFE] = 2;

        assertThat(Readings.flaw(CertificationReader.bare(octets))).isInstanceOf(Flaw.Malformed.class);
    }

    @Test
    void nothing_shorter_and_nothing_longer_is_read() {
        byte[] bare = Recorded.octets("certify");

        Readings.assertNeitherShorterNorLonger(bare, CertificationReader::bare);
        Readings.assertNeitherShorterNorLonger(new Marshal().sized(bare).octets(), CertificationReader::sized);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65535})
    void a_size_of_nothing_or_of_everything_is_refused(int size) {
        byte[] octets = Recorded.octets("certify");
        ByteBuffer.wrap(octets).putShort(SIGNER_SIZE, (short) size);

        assertThat(CertificationReader.bare(octets)).isInstanceOf(Reading.Refused.class);
        assertThat(CertificationReader.sized(new Marshal().u16(size).octets())).isInstanceOf(Reading.Refused.class);
    }
}
