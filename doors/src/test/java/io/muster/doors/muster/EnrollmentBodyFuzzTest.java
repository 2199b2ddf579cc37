package io.muster.doors.muster;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.device.Bytes;
import io.muster.doors.listener.forms.StrictJson;

class EnrollmentBodyFuzzTest {

    private final StrictJson json = new StrictJson();

    @FuzzTest(maxDuration = "1m")
    void any_body_is_read_or_found_malformed_in_words(byte[] data) {
        try {
            EnrollmentBody body = EnrollmentBody.read(json, Bytes.of(data));
            assertThat(body.evidence()).hasSizeLessThanOrEqualTo(4);
        } catch (Malformed e) {
            assertThat(e.what()).startsWith("The ");
        }
    }
}
