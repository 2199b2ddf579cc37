package io.muster.desk.imports.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Endorsement keys that came out of a TPM, in the form in which Azure keeps them, and what is none.
class TpmPublicTest {

    private static final String RECORDED = "TpmPublicTestInputs/any_bytes_are_read_as_an_endorsement_key_or_left/";
    private static final int SIZE_OF_POLICY = 10;

    @ParameterizedTest
    @CsvSource({"endorsement-rsa, 256", "endorsement-p384, 48"})
    void a_recorded_endorsement_key_becomes_what_certificates_hold(String name, int bytes) throws IOException {
        byte[] area = recorded(name);

        String der =
                HexFormat.of().formatHex(Base64.getDecoder().decode(read(area).orElseThrow()));

        assertThat(der).startsWith("30").contains(HexFormat.of().formatHex(area, area.length - bytes, area.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"endorsement-rsa", "endorsement-p384"})
    void a_key_that_is_cut_anywhere_or_followed_by_anything_is_none(String name) throws IOException {
        byte[] area = recorded(name);
        for (int length = 0; length < area.length; length++) {
            assertThat(read(Arrays.copyOf(area, length))).as("%d bytes", length).isEmpty();
            assertThat(read(sizedAnew(Arrays.copyOf(area, length))))
                    .as("%d bytes, and its size says so", length)
                    .isEmpty();
        }
        assertThat(read(Arrays.copyOf(area, area.length + 1))).isEmpty();
        assertThat(read(sizedAnew(Arrays.copyOf(area, area.length + 1)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65_535})
    void a_size_of_nothing_or_of_everything_is_none(int size) throws IOException {
        byte[] area = recorded("endorsement-rsa");
        for (int at : new int[] {0, SIZE_OF_POLICY, area.length - 258}) {
            assertThat(read(ByteBuffer.wrap(area.clone())
                            .putShort(at, (short) size)
                            .array()))
                    .as("at %d", at)
                    .isEmpty();
        }
    }

    @Test
    void a_coordinate_longer_than_its_curve_is_none() throws IOException {
        byte[] area = recorded("endorsement-p384");
        int y = area.length - 50;
        byte[] longer = Arrays.copyOf(area, area.length + 1);
        longer[area.length] = 1;

        assertThat(read(sizedAnew(
                        ByteBuffer.wrap(longer).putShort(y, (short) 49).array())))
                .isEmpty();
    }

    @FuzzTest(maxDuration = "1m")
    void any_bytes_are_read_as_an_endorsement_key_or_left(byte[] data) {
        read(data).ifPresent(key -> assertThat(Base64.getDecoder().decode(key)).startsWith(0x30));
        TpmPublic.toSubjectPublicKeyInfo(new String(data, StandardCharsets.ISO_8859_1));
    }

    private static Optional<String> read(byte[] area) {
        return TpmPublic.toSubjectPublicKeyInfo(Base64.getEncoder().encodeToString(area));
    }

    private static byte[] sizedAnew(byte[] area) {
        return area.length < 2
                ? area
                : ByteBuffer.wrap(area).putShort(0, (short) (area.length - 2)).array();
    }

    private static byte[] recorded(String name) throws IOException {
        try (InputStream in = TpmPublicTest.class.getResourceAsStream(RECORDED + name)) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }
}
