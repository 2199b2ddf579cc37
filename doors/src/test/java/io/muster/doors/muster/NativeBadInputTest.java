package io.muster.doors.muster;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.door.Refusal;
import io.muster.doors.testkit.Caller;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is not exactly what this door takes never reaches the house.
class NativeBadInputTest {

    private static final String NAMED = "'registrationId':'g'";

    private final NativeScene scene;

    NativeBadInputTest() throws IOException {
        scene = new NativeScene();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[]",
                "null",
                "5",
                "{}{}",
                "{NAMED,'tokn':'t'}",
                "{NAMED,'Token':'t'}",
                "{NAMED,'token':'t','token':'u'}",
                "{NAMED,'payload':{'a':1,'a':2}}",
                "{NAMED,'payload':1e400}",
                "{NAMED,'payload':'\\ud800'}",
                "{'registrationId':5}",
                "{NAMED,'tenant':{}}",
                "{NAMED,'token':['t']}",
                "{NAMED,'enrollment':'Gates'}",
                "{NAMED,'enrollment':''}",
                "{NAMED,'csr':5}",
                "{NAMED,'tpm':'AQ=='}",
                "{NAMED,'tpm':{}}",
                "{NAMED,'tpm':{'endorsementKey':'AQ=='}}",
                "{NAMED,'tpm':{'attestationKey':'AQ=='}}",
                "{NAMED,'tpm':{'endorsementKey':'AQ==','attestationKey':'AQ==','storageRootKey':'AQ=='}}",
                "{NAMED,'tpm':{'endorsementKey':'AQ==','endorsementKey':'AQ==','attestationKey':'AQ=='}}",
                "{NAMED,'tpm':{'endorsementKey':'AQ','attestationKey':'AQ=='}}",
                "{NAMED,'tpm':{'endorsementKey':'AR==','attestationKey':'AQ=='}}",
                "{NAMED,'tpm':{'endorsementKey':'A_==','attestationKey':'AQ=='}}",
                "{NAMED,'tpm':{'endorsementKey':'AQ==AQ==','attestationKey':'AQ=='}}",
                "{NAMED,'tpm':{'endorsementKey':1,'attestationKey':'AQ=='}}",
                "{NAMED,'continuation':'AQ=='}",
                "{NAMED,'answer':{'secret':'AQ=='}}",
                "{NAMED,'continuation':'AQ==','answer':{}}",
                "{NAMED,'continuation':'AQ==','answer':{'secret':null}}",
                "{NAMED,'continuation':'AQ=','answer':{'secret':'AQ=='}}",
                "{NAMED,'continuation':'AQ==','answer':{'secret':'AQ==','proof':'AQ=='}}",
                "{NAMED,'continuation':'AQ==','answer':{'secret':'AQ==','certifiedKey':{'publicArea':'AQ=='}}}",
                "{NAMED,'continuation':'AQ==','answer':{'secret':'AQ==','certifiedKey':[]}}"
            })
    void a_body_that_is_not_exactly_one_is_malformed(String body) throws Exception {
        Caller.Answer answer = scene.enroll(body.replace("NAMED", NAMED));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(NativeScene.json(answer).path("code").asText()).isEqualTo("malformed_request");
        assertThat(scene.reception.asked()).isEmpty();
        assertThat(scene.reception.turnedAway()).singleElement().isInstanceOf(Refusal.MalformedRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "x.", "$%7Bjndi:x}", "é"})
    void a_name_that_is_none_is_refused(String name) throws Exception {
        Caller.Answer answer = scene.enroll("{'registrationId':'" + name.replace("é", "\\u00e9") + "','token':'t'}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(NativeScene.json(answer).path("code").asText()).isEqualTo("malformed_registration_id");
        assertThat(scene.reception.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AQ==", "%%%", "-----BEGIN CERTIFICATE REQUEST-----"})
    void a_certificate_request_that_is_none_is_refused(String csr) throws Exception {
        Caller.Answer answer = scene.enroll("{" + NAMED + ",'token':'t','csr':'" + csr + "'}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(NativeScene.json(answer).path("code").asText()).startsWith("certificate_request_m");
        assertThat(scene.reception.asked()).isEmpty();
    }

    @Test
    void base64_that_ends_too_early_is_refused_wherever_it_ends_within_a_group() throws Exception {
        String key = "AToAAQALAAMAsgAg";
        for (int length = 1; length < key.length(); length++) {
            Caller.Answer answer = scene.enroll("{" + NAMED + ",'tpm':{'endorsementKey':'" + key.substring(0, length)
                    + "','attestationKey':'AQ=='}}");

            assertThat(answer.status()).as("length %d", length).isEqualTo(length % 4 == 0 ? 200 : 400);
        }
    }

    @Test
    void the_33rd_level_is_refused_and_the_32nd_is_not() throws Exception {
        assertThat(scene.enroll("{" + NAMED + ",'payload':" + "[".repeat(31) + "]".repeat(31) + "}")
                        .status())
                .isEqualTo(200);
        assertThat(scene.enroll("{" + NAMED + ",'payload':" + "[".repeat(32) + "]".repeat(32) + "}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_body_of_64_kb_is_read_and_one_byte_more_is_not() throws Exception {
        String frame = "{" + NAMED + ",'payload':''}";
        String filling = "x".repeat(64 * 1024 - frame.length());

        assertThat(scene.enroll(frame.replace("''", "'" + filling + "'")).status())
                .isEqualTo(200);
        assertThat(scene.enroll(frame.replace("''", "'" + filling + "x'")).status())
                .isEqualTo(413);
        assertThat(scene.reception.asked()).hasSize(1);
    }

    @Test
    void facts_of_1_mb_or_100_levels_reach_nobody() throws Exception {
        assertThat(scene.enroll("{" + NAMED + ",'payload':'" + "x".repeat(1024 * 1024) + "'}")
                        .status())
                .isEqualTo(413);
        assertThat(scene.enroll("{" + NAMED + ",'payload':" + "[".repeat(100) + "]".repeat(100) + "}")
                        .status())
                .isEqualTo(400);
        assertThat(scene.reception.asked()).isEmpty();
    }

    @Test
    void a_body_that_is_not_called_json_is_415() throws Exception {
        try (Caller caller = scene.reached.caller()) {
            Caller.Answer answer = caller.exchange(
                    "POST /enroll HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}");

            assertThat(answer.status()).isEqualTo(415);
            assertThat(NativeScene.json(answer).path("code").asText()).isEqualTo("unsupported");
        }
        assertThat(scene.reception.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"GET, /enroll, POST", "PUT, /enroll, POST", "POST, /authorities, GET", "POST, /openapi.json, GET"})
    void another_method_is_405_without_any_effect(String method, String path, String allowed) throws Exception {
        Caller.Answer answer = scene.reached.call(method, path, "{}");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.field("allow")).isEqualTo(allowed);
        assertThat(scene.reception.untouched()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/Enroll", "/enroll/x", "/enroll.json", "/openapi.yaml", "/v1/enroll"})
    void another_path_is_not_of_this_door(String path) throws Exception {
        assertThat(scene.reached.call("POST", path, "{}").status()).isEqualTo(404);
        assertThat(scene.reception.untouched()).isTrue();
    }
}
