package io.muster.x509.issuing;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.issuance.Issuer.Result;
import io.muster.core.issuance.Order;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.MemoryVault;
import io.muster.x509.testkit.Orders;
import io.muster.x509.testkit.RequestSpec;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// How much processor time a certificate costs: possession, body, lint and signature.
@EnabledIfSystemProperty(named = "muster.test.full", matches = "true")
class IssuingSpeedTest {

    private static final int DEVICES = 500;
    private static final int ROUNDS = 60;

    private final IssuingAuthorities issuer = new IssuingAuthorities(
            new MemoryVault(),
            new AuthoritySettings(
                    AuthoritySettings.STANDARD_SUBJECT,
                    AuthoritySettings.STANDARD_ROOT_LIFE,
                    AuthoritySettings.STANDARD_ISSUING_LIFE,
                    Set.of("localhost"),
                    URI.create("http://pki.example:8080"),
                    64),
            SignatureEngine.choose(),
            () -> NOW);

    @Test
    void a_p256_certificate_costs_at_most_200_microseconds() {
        List<Order> orders = IntStream.range(0, DEVICES)
                .mapToObj(i -> Orders.of("device-" + i, RequestSpec.of("device-" + i)))
                .toList();

        double best = Stream.generate(() -> round(orders))
                .limit(ROUNDS)
                .min(Double::compare)
                .orElseThrow();

        System.out.printf("A P-256 certificate costs %.0f µs of processor time.%n", best);
        assertThat(best).isLessThan(200);
    }

    private double round(List<Order> orders) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (Order order : orders) {
            assertThat(issuer.sign(order)).isInstanceOf(Result.Signed.class);
        }
        return (threads.getCurrentThreadCpuTime() - start) / 1_000.0 / orders.size();
    }
}
