package io.muster.attestors.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.device.Bytes;
import java.nio.charset.StandardCharsets;

/// Any bytes as what comes beside a TPM's structures. What is read can be told.
class EvidenceFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void any_bytes_are_read_as_an_endorsement_certificate_or_refused(byte[] data) {
        switch (EndorsementCertificate.read(Bytes.of(data))) {
            case EndorsementCertificate.Outcome.Refused refused ->
                assertThat(refused.what()).isNotBlank();
            case EndorsementCertificate.Outcome.Understood understood -> {
                EndorsementCertificate read = understood.certificate();
                assertThat(read.chip()).startsWith("manufacturer ");
                assertThat(EndorsementCertificate.read(read.certificate().der()))
                        .isEqualTo(understood);
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void any_text_is_read_as_a_token_or_refused(byte[] data) {
        switch (SignedToken.read(new String(data, StandardCharsets.ISO_8859_1))) {
            case SignedToken.Outcome.Refused refused ->
                assertThat(refused.what()).isNotBlank();
            case SignedToken.Outcome.Understood understood ->
                assertThat(understood.token().signature().size()).isEqualTo(32);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void any_bytes_are_read_as_the_state_of_a_challenge_or_refused(byte[] data) {
        ChallengeState.read(Bytes.of(data))
                .ifPresent(state -> assertThat(state.octets()).isEqualTo(Bytes.of(data)));
    }
}
