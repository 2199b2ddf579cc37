package io.muster.x509.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.x509.codec.Certificate;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.CertificateSpec;
import io.muster.x509.testkit.TestAuthority;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// How much processor time a chain costs, from bytes to verdict, every device with a certificate of its own.
@EnabledIfSystemProperty(named = "muster.test.full", matches = "true")
class ChainSpeedTest {

    private static final int DEVICES = 500;
    private static final int ROUNDS = 40;

    private final ChainValidator validator = new ChainValidator(SignatureEngine.choose());
    private final TestAuthority root = TestAuthority.root("Maker Root");
    private final TestAuthority line = root.intermediate("Line 7");

    @Test
    void a_chain_of_leaf_and_anchor_costs_at_most_100_microseconds() {
        List<List<byte[]>> chains = IntStream.range(0, DEVICES)
                .mapToObj(i -> List.of(root.device("d" + i).der()))
                .toList();

        assertThat(microseconds(chains)).isLessThan(100);
    }

    @Test
    void a_chain_with_an_intermediate_costs_at_most_170_microseconds() {
        List<List<byte[]>> chains = IntStream.range(0, DEVICES)
                .mapToObj(i -> List.of(line.device("d" + i).der(), line.der()))
                .toList();

        assertThat(microseconds(chains)).isLessThan(170);
    }

    private double microseconds(List<List<byte[]>> chains) {
        Certificate anchor = Chains.certificate(root.der());
        TrustAnchors anchors = new TrustAnchors(List.of(anchor));
        return Stream.generate(() -> round(chains, anchors))
                .limit(ROUNDS)
                .min(Double::compare)
                .orElseThrow();
    }

    private double round(List<List<byte[]>> chains, TrustAnchors anchors) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (List<byte[]> presented : chains) {
            var outcome = (PresentedChain.Outcome.Understood) PresentedChain.read(presented);
            assertThat(validator.validate(outcome.chain(), anchors, CertificateSpec.NOW))
                    .isInstanceOf(Validation.Valid.class);
        }
        return (threads.getCurrentThreadCpuTime() - start) / 1_000.0 / chains.size();
    }
}
