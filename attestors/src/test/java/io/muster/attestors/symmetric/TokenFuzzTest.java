package io.muster.attestors.symmetric;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

class TokenFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void any_text_is_read_or_refused_and_what_is_read_can_be_told(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);

        switch (Token.read(text)) {
            case Token.Reading.Malformed malformed ->
                assertThat(malformed.what()).isNotBlank();
            case Token.Reading.Read read -> {
                assertThat(read.token().signature().size()).isEqualTo(32);
                assertThat(text).contains(read.token().signedText().split("\n", 2));
            }
        }
    }
}
