package io.muster.x509.issuing;

import static io.muster.x509.testkit.CertificateSpec.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.core.device.KeyAlgorithm;
import io.muster.core.issuance.Issuer.Result;
import io.muster.core.issuance.Order;
import io.muster.x509.engine.SignatureEngine;
import io.muster.x509.testkit.MemoryVault;
import io.muster.x509.testkit.Orders;
import io.muster.x509.testkit.RequestSpec;
import io.muster.x509.testkit.TestKeys;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How much processor time a certificate costs: possession, body, lint and signature.
@EnabledIfSystemProperty(named = "muster.test.full", matches = "true")
class IssuingSpeedTest {

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

    @ParameterizedTest
    @EnumSource(KeyAlgorithm.class)
    void a_certificate_costs_little_whatever_its_key(KeyAlgorithm algorithm) {
        List<Order> orders = IntStream.range(0, devices(algorithm))
                .mapToObj(i -> Orders.of("device-" + i, RequestSpec.of("device-" + i, keys(algorithm))))
                .toList();

        double best = Stream.generate(() -> round(orders))
                .limit(ROUNDS)
                .min(Double::compare)
                .orElseThrow();

        System.out.printf("A certificate for %s costs %.0f µs of processor time.%n", algorithm, best);
        assertThat(best).isLessThan(algorithm == KeyAlgorithm.P256 ? 150 : 1_000);
    }

    /// RSA keys take their time to be made.
    private static int devices(KeyAlgorithm algorithm) {
        return algorithm == KeyAlgorithm.RSA ? 20 : 500;
    }

    private static KeyPair keys(KeyAlgorithm algorithm) {
        return switch (algorithm) {
            case P256 -> TestKeys.p256();
            case P384 -> TestKeys.curve("secp384r1");
            case RSA -> TestKeys.rsa(2048);
            case ED25519 -> TestKeys.ed25519();
        };
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
