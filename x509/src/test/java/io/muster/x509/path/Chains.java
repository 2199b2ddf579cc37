package io.muster.x509.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.x509.codec.Certificate;
import io.muster.x509.codec.CertificateReader;
import io.muster.x509.codec.Reading;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.CertificateSpec;
import io.muster.x509.testkit.TestAuthority;
import java.time.Instant;
import java.util.List;

/// Validates what a test presents, from bytes to verdict.
record Chains(ChainValidator validator, Instant now) {

    Chains(SignatureEngine engine) {
        this(new ChainValidator(engine), CertificateSpec.NOW);
    }

    Chains at(Instant later) {
        return new Chains(validator, later);
    }

    Validation validate(List<TestAuthority> anchors, List<byte[]> presented) {
        List<Certificate> held =
                anchors.stream().map(anchor -> certificate(anchor.der())).toList();
        return switch (PresentedChain.read(presented)) {
            case PresentedChain.Outcome.Refused refused -> new Validation.Invalid(refused.finding());
            case PresentedChain.Outcome.Understood understood ->
                validator.validate(understood.chain(), new TrustAnchors(held), now);
        };
    }

    Validation.Valid valid(TestAuthority anchor, List<byte[]> presented) {
        Validation validation = validate(List.of(anchor), presented);
        assertThat(validation).isInstanceOf(Validation.Valid.class);
        return (Validation.Valid) validation;
    }

    Validation.Valid valid(TestAuthority anchor, byte[]... presented) {
        return valid(anchor, List.of(presented));
    }

    PathFinding finding(TestAuthority anchor, List<byte[]> presented) {
        Validation validation = validate(List.of(anchor), presented);
        assertThat(validation).isInstanceOf(Validation.Invalid.class);
        return ((Validation.Invalid) validation).finding();
    }

    PathFinding finding(TestAuthority anchor, byte[]... presented) {
        return finding(anchor, List.of(presented));
    }

    static Certificate certificate(byte[] der) {
        Reading reading = CertificateReader.read(der);
        assertThat(reading).isInstanceOf(Reading.Read.class);
        return ((Reading.Read) reading).certificate();
    }
}
