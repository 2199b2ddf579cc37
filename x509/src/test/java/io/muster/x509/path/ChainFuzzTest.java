package io.muster.x509.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Pem;
import io.muster.x509.codec.Reading;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.CertificateSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Any bytes as a certificate, alone and as a chain. What is read can be told, compared and validated.
class ChainFuzzTest {

    private static final ChainValidator VALIDATOR = new ChainValidator(SignatureEngine.of(SignatureEngine.Maker.JDK));

    @FuzzTest(maxDuration = "1m")
    void any_bytes_are_read_or_refused(byte[] data) {
        switch (CertificateReader.read(data)) {
            case Reading.Refused refused -> assertThat(refused.finding().says()).isNotBlank();
            case Reading.Read read -> {
                Certificate certificate = read.certificate();
                assertThat(certificate.subject().commonName()).isNotNull();
                assertThat(certificate.subject().text()).isNotNull();
                PresentedChain chain = new PresentedChain(certificate, List.of(certificate));
                assertThat(VALIDATOR.validate(chain, new TrustAnchors(List.of(certificate)), CertificateSpec.NOW))
                        .isNotNull();
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void any_text_is_read_as_pem_or_refused(byte[] data) {
        assertThat(Pem.certificates(new String(data, StandardCharsets.ISO_8859_1), 16))
                .isNotNull();
    }
}
