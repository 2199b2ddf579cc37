package io.muster.doors.est;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.device.Bytes;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Problem;
import io.muster.x509.codec.CertificateRequestReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

class EstBodyFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void any_body_is_read_or_refused_and_what_is_read_has_one_spelling(byte[] data) {
        switch (RequestBody.read(Bytes.of(data))) {
            case RequestBody.Refused(var refusal) ->
                assertThat(Problem.of(refusal).detail()).isNotBlank();
            case RequestBody.Der(Bytes der) -> {
                assertThat(Base64.getEncoder().encodeToString(der.toArray()))
                        .isEqualTo(new String(data, StandardCharsets.ISO_8859_1).replaceAll("[ \t\r\n]", ""));
                assertThat(CertificateRequestReader.read(der.toArray(), Purpose.ENROLL))
                        .isNotNull();
            }
        }
    }
}
