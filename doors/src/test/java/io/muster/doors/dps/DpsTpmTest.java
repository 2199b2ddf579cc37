package io.muster.doors.dps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.core.device.Bytes;
import io.muster.core.door.Challenge;
import io.muster.core.door.Evidence;
import io.muster.core.door.Evidence.TpmChip.Role;
import io.muster.core.door.Refusal;
import io.muster.doors.testkit.ObedientReception;
import io.muster.doors.testkit.Reached;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Devices with a TPM, on the wire as both SDKs speak it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DpsTpmTest {

    private static final String REGISTER = "/acme/registrations/pump-1/register?api-version=2019-03-31";
    private static final String TOKEN = "sr=acme%2Fregistrations%2Fpump-1&sig=c2ln&se=1900000000&skn=registration";
    private static final String BODY =
            "{\"registrationId\":\"pump-1\",\"tpm\":{\"endorsementKey\":\"AQI=\",\"storageRootKey\":\"AwQ=\"}}";
    private static final Evidence CHIP =
            new Evidence.TpmChip(octets(1, 2), Optional.empty(), octets(3, 4), Role.STORAGE_ROOT);
    private static final Bytes BLOB = octets(5, 6, 7);

    private final ObedientReception reception = new ObedientReception();
    private final Reached reached;

    DpsTpmTest() throws IOException {
        reached = Reached.by(new DpsDoor(reception, InstantSource.fixed(Instant.EPOCH)));
    }

    @AfterAll
    void close() {
        reached.close();
    }

    @Test
    void the_first_registration_is_answered_401_with_the_blob_and_the_second_with_another_blob() throws Exception {
        reception.answer(request -> request.evidence().size() == 1
                ? ObedientReception.challenged(new Challenge.ImportTokenKey(BLOB))
                : ObedientReception.wrapped(request, octets(8, 9)));

        var first = reached.call("PUT", REGISTER, BODY);
        var second = reached.call("PUT", REGISTER, BODY, "authorization: SharedAccessSignature " + TOKEN);

        assertThat(first.status()).isEqualTo(401);
        JsonNode challenge = new ObjectMapper().readTree(first.body());
        assertThat(challenge.path("authenticationKey").asText()).isEqualTo("BQYH");
        assertThat(challenge.path("keyName").asText()).isEqualTo("registration");
        assertThat(challenge.path("message").asText()).isNotEmpty();
        assertThat(challenge.size()).isEqualTo(3);
        assertThat(second.status()).isEqualTo(200);
        JsonNode assigned = new ObjectMapper().readTree(second.body());
        assertThat(assigned.path("status").asText()).isEqualTo("assigned");
        assertThat(assigned.path("registrationState")
                        .path("tpm")
                        .path("authenticationKey")
                        .asText())
                .isEqualTo("CAk=");
        int asked = reception.asked().size();
        assertThat(reception.asked().get(asked - 2).evidence()).containsExactly(CHIP);
        assertThat(reception.asked().get(asked - 1).evidence())
                .containsExactly(new Evidence.SharedAccessSignature(TOKEN, "acme/registrations/pump-1"), CHIP);
    }

    @ParameterizedTest
    @CsvSource({"404, 404201, true", "403, 401002, false"})
    void a_refusal_is_never_a_401_for_both_sdks_would_look_for_a_blob_in_it(int status, int number, boolean unknown)
            throws Exception {
        reception.answer(_ ->
                ObedientReception.refused(unknown ? new Refusal.NotEnrolled() : new Refusal.TokenSignatureWrong()));

        var answer = reached.call("PUT", REGISTER, BODY);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.field("x-ms-error-code")).isEqualTo(Integer.toString(number));
        assertThat(new ObjectMapper().readTree(answer.body()).path("errorCode").asInt())
                .isEqualTo(number);
    }

    @Test
    void a_device_without_a_tpm_still_gets_its_401() throws Exception {
        reception.answer(_ -> ObedientReception.refused(new Refusal.TokenSignatureWrong()));

        assertThat(reached.call("PUT", REGISTER, "{}").status()).isEqualTo(401);
    }

    @Test
    void a_challenge_that_this_wire_cannot_carry_is_refused() throws Exception {
        reception.answer(_ -> ObedientReception.challenged(new Challenge.Activate(BLOB, BLOB, BLOB)));

        assertThat(reached.call("PUT", REGISTER, BODY).status()).isEqualTo(404);
    }

    @Test
    void a_look_up_shows_the_chip_too() throws Exception {
        reached.call("POST", "/acme/registrations/pump-1?api-version=2021-06-01", BODY);

        assertThat(reception.asked().getLast().evidence()).containsExactly(CHIP);
    }

    @Test
    void a_device_that_waits_asks_with_its_token_alone_and_gets_the_second_blob_in_the_end() throws Exception {
        reception.answer(request -> ObedientReception.wrapped(request, octets(8, 9)));
        String operation = "/acme/registrations/pump-1/operations/01234567-89ab-4def-8123-456789abcdef";

        var answer = reached.call(
                "GET", operation + "?api-version=2019-03-31", "", "authorization: SharedAccessSignature " + TOKEN);

        assertThat(answer.status()).isEqualTo(200);
        JsonNode assigned = new ObjectMapper().readTree(answer.body());
        assertThat(assigned.path("registrationState")
                        .path("tpm")
                        .path("authenticationKey")
                        .asText())
                .isEqualTo("CAk=");
        assertThat(reception.asked().getLast().evidence())
                .containsExactly(new Evidence.SharedAccessSignature(TOKEN, "acme/registrations/pump-1"));
    }

    @Test
    void an_absent_tpm_is_none() throws Exception {
        reached.call("PUT", REGISTER, "{\"tpm\":null}");

        assertThat(reception.asked().getLast().evidence()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "[]",
                "{}",
                "{\"endorsementKey\":\"AQI=\"}",
                "{\"storageRootKey\":\"AQI=\"}",
                "{\"endorsementKey\":\"AQI\",\"storageRootKey\":\"AwQ=\"}",
                "{\"endorsementKey\":\"AQI=\",\"storageRootKey\":\"A_Q=\"}",
                "{\"endorsementKey\":5,\"storageRootKey\":\"AwQ=\"}",
                "{\"endorsementKey\":\"AQI=\",\"storageRootKey\":null}",
                "{\"endorsementKey\":\"AQI=\",\"endorsementKey\":\"AQI=\",\"storageRootKey\":\"AwQ=\"}"
            })
    void a_tpm_without_its_two_keys_in_base64_is_malformed(String tpm) throws Exception {
        List<?> before = List.copyOf(reception.asked());

        var answer = reached.call("PUT", REGISTER, "{\"tpm\":" + tpm + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field("x-ms-error-code")).isEqualTo("400201");
        assertThat(reception.asked()).isEqualTo(before);
    }

    private static Bytes octets(int... values) {
        byte[] octets = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            octets[i] = (byte) values[i];
        }
        return Bytes.of(octets);
    }
}
