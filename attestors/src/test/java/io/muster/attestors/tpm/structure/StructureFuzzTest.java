package io.muster.attestors.tpm.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Any bytes as a TPM's structure. What is read can be told, named and judged.
class StructureFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void any_bytes_are_read_as_a_public_area_or_refused(byte[] data) {
        check(PublicAreaReader.bare(data));
        check(PublicAreaReader.sized(data));
    }

    private static void check(Reading<PublicArea> reading) {
        switch (reading) {
            case Reading.Refused<PublicArea> refused ->
                assertThat(refused.flaw().says()).isNotBlank();
            case Reading.Read<PublicArea> read -> {
                PublicArea area = read.value();
                assertThat(area.name().size())
                        .isEqualTo(2 + area.nameAlgorithm().bytes());
                assertThat(area.subjectPublicKeyInfo().size()).isGreaterThan(90);
                assertThat(PublicAreaReader.sized(area.sized().toArray())).isEqualTo(reading);
                assertThat(TpmKeyRules.endorsement(area)).isNotNull();
                assertThat(TpmKeyRules.attestation(area)).isNotNull();
                assertThat(TpmKeyRules.signing(area)).isNotNull();
                assertThat(TpmKeyRules.storage(area)).isNotNull();
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void any_bytes_are_read_as_a_certification_or_refused(byte[] data) {
        switch (CertificationReader.bare(data)) {
            case Reading.Refused<Certification> refused ->
                assertThat(refused.flaw().says()).isNotBlank();
            case Reading.Read<Certification> read ->
                assertThat(read.value().marshaled().toArray()).isEqualTo(data);
        }
        assertThat(CertificationReader.sized(data)).isNotNull();
    }

    @FuzzTest(maxDuration = "1m")
    void any_bytes_are_read_as_a_signature_or_refused(byte[] data) {
        switch (TpmSignatureReader.read(data)) {
            case Reading.Refused<TpmSignature> refused ->
                assertThat(refused.flaw().says()).isNotBlank();
            case Reading.Read<TpmSignature> read ->
                assertThat(read.value().value().size()).isPositive();
        }
    }
}
