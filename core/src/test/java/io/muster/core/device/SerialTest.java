package io.muster.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SerialTest {

    private static final String TEXT = "4d8001000102030405060708090a0b0c0d";

    @Test
    void it_is_read_with_and_without_colons_in_either_case() {
        Serial serial = Serial.parse(TEXT).orElseThrow();
        assertThat(serial).hasToString(TEXT);
        assertThat(Serial.parse(TEXT.toUpperCase(java.util.Locale.ROOT))).contains(serial);
        assertThat(Serial.parse(TEXT.replaceAll("(..)(?!$)", "$1:"))).contains(serial);
    }

    @Test
    void it_leads_to_its_slot() {
        assertThat(Serial.parse(TEXT).orElseThrow().slot()).isEqualTo((short) 0x8001);
    }

    @Test
    void that_of_another_authority_is_none_of_ours() {
        assertThat(Serial.parse("01" + TEXT.substring(2))).isEmpty();
        assertThat(Serial.parse(TEXT.substring(2))).isEmpty();
        assertThat(Serial.parse(TEXT + "00")).isEmpty();
        assertThat(Serial.parse("zz" + TEXT.substring(2))).isEmpty();
        assertThat(Serial.parse("")).isEmpty();
    }
}
