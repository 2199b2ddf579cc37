package io.muster.x509.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.core.door.CertificateRequest.Purpose;
import io.muster.core.door.Check;
import io.muster.x509.codec.CertificateRequestReader.Reading;

/// Any bytes as a certificate request. What is read can be told and taken apart again by the issuer.
class RequestFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void any_bytes_are_read_or_refused(byte[] data) {
        switch (CertificateRequestReader.read(data, Purpose.ENROLL)) {
            case Reading.Refused it ->
                assertThat(Check.fail("request", it.refusal()).rule()).isNotBlank();
            case Reading.Read it -> {
                assertThat(it.request().asked().subject()).isNotNull();
                assertThat(SignedRequest.of(it.request().der()).seal().covered().size())
                        .isLessThan(data.length);
            }
        }
    }
}
