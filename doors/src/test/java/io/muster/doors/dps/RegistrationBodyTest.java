package io.muster.doors.dps;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.device.Bytes;
import io.muster.doors.listener.forms.StrictJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationBodyTest {

    private final StrictJson json = new StrictJson();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "null",
                "\"x\"",
                "{}{}",
                "{} x",
                "{\"a\":1,\"a\":2}",
                "{\"registrationId\":\"a\",\"registrationId\":\"b\"}",
                "{\"x\":{\"a\":1,\"a\":2}}",
                "{\"registrationId\":5}",
                "{\"registrationId\":null}",
                "{\"a\":1e400}",
                "{\"a\":-1e400}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":\"\\ud800\"}",
                "{\"\\udc00\":1}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"a\":1}//x",
                "\uFEFF{}",
                " "
            })
    void is_strict(String body) {
        assertThat(read(body)).isInstanceOf(RegistrationBody.Read.Malformed.class);
    }

    @Test
    void refuses_the_33rd_level_and_takes_the_32nd() {
        assertThat(read(nested(31))).isInstanceOf(RegistrationBody.Read.Body.class);
        assertThat(read(nested(32))).isInstanceOf(RegistrationBody.Read.Malformed.class);
        assertThat(read(nested(20_000))).isInstanceOf(RegistrationBody.Read.Malformed.class);
    }

    @Test
    void refuses_a_number_of_65_digits() {
        assertThat(read("{\"payload\":" + "1".repeat(65) + "}")).isInstanceOf(RegistrationBody.Read.Malformed.class);
    }

    @Test
    void refuses_bytes_that_are_not_utf_8() {
        byte[] latin = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] wide = "{}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(RegistrationBody.read(json, Bytes.of(latin))).isInstanceOf(RegistrationBody.Read.Malformed.class);
        assertThat(RegistrationBody.read(json, Bytes.of(wide))).isInstanceOf(RegistrationBody.Read.Malformed.class);
    }

    @Test
    void tells_nothing_of_the_input_when_it_refuses() {
        RegistrationBody.Read read = read("{\"topsecret\":1,\"topsecret\":2}");

        assertThat(read.toString()).doesNotContain("topsecret");
    }

    @Test
    void a_string_that_holds_too_deep_json_stays_a_string() {
        String inner = "[".repeat(40) + "]".repeat(40);

        assertThat(read("{\"payload\":\"" + inner + "\"}"))
                .extracting(Object::toString)
                .asString()
                .contains("\"" + inner + "\"");
    }

    /// Whatever comes: a body or a refusal, no exception; and a payload that is kept can be read again.
    @FuzzTest
    void never_fails(byte[] body) {
        switch (RegistrationBody.read(json, Bytes.of(body))) {
            case RegistrationBody.Read.Malformed(String what) ->
                assertThat(what).isNotEmpty();
            case RegistrationBody.Read.Body(RegistrationBody read) ->
                read.payload().ifPresent(payload -> {
                    String again = "{\"payload\":" + payload.text() + "}";
                    assertThat(read(again)).isInstanceOf(RegistrationBody.Read.Body.class);
                });
        }
    }

    private static String nested(int levels) {
        return "{\"payload\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
    }

    private RegistrationBody.Read read(String body) {
        return RegistrationBody.read(json, Bytes.of(body.getBytes(StandardCharsets.UTF_8)));
    }
}
