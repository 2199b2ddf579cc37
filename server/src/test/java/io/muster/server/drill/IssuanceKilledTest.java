package io.muster.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.Maker;
import io.muster.fleet.device.X509Device;
import io.muster.fleet.est.Applicant;
import io.muster.fleet.est.Certification;
import io.muster.fleet.est.EstClient;
import io.muster.fleet.est.EstTarget;
import io.muster.fleet.est.Issuance;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Storm;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// `kill -9` between signature and commit, again and again: no certificate that a client holds is unknown to the
/// ledger, and nobody holds two.
class IssuanceKilledTest {

    private static final boolean FULL = Boolean.getBoolean("muster.test.full");
    private static final int DEVICES = FULL ? 10_000 : 200;
    private static final int KILLS = FULL ? 50 : 2;
    private static final int AT_ONCE = 24;

    private final Map<String, String> held = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();

    @Test
    void no_certificate_that_a_device_holds_is_unknown_to_the_ledger() throws Exception {
        try (ChildNode node = ChildNode.up(Ground.folder("killed").resolve("data"))) {
            Customer customer = Customer.create(node.operator(), "acme");
            Maker maker = Maker.found("Storm Works");
            customer.trusts("gates", maker.rootPem());
            Thread arrival = Thread.ofVirtual().start(() -> arrive(node, maker));

            for (int kill = 1; kill <= KILLS; kill++) {
                awaits(DEVICES * kill / (KILLS + 1));
                node.kill();
                node.upAgain();
            }
            arrival.join();

            assertThat(complaints).isEmpty();
            assertThat(held).hasSize(DEVICES);
            Map<String, String> known = certificates(customer);
            assertThat(known).as("the ledger knows what every device holds").containsAllEntriesOf(held);
            Storm.ledgerIsWhole(BundledDatabase.in(node.data()).open());
        }
    }

    /// State by serial number: what the ledger says.
    private static Map<String, String> certificates(Customer customer) {
        return customer.asks("cert", "list", "--all")
                .path("items")
                .valueStream()
                .filter(it -> it.path("state").asText().equals("current"))
                .collect(Collectors.toMap(
                        it -> it.path("registrationId").asText(),
                        it -> it.path("serial").asText(),
                        (one, other) -> one + " and " + other));
    }

    private void arrive(ChildNode node, Maker maker) {
        var target = node.target("acme");
        EstTarget est = new EstTarget(target.base(), target.trustAnchorPem(), "acme.gates");
        Keysmith keys = new Keysmith();
        Semaphore free = new Semaphore(AT_ONCE);
        try (EstClient client = new EstClient(est, Patience.tries(200).within(Duration.ofSeconds(10)), 1)) {
            for (String name :
                    IntStream.range(0, DEVICES).mapToObj(i -> "gate-" + i).toList()) {
                X509Device device = maker.make(name);
                free.acquire();
                client.enroll(new Applicant(device, keys.request(name)), System.nanoTime(), end -> {
                    note(end);
                    free.release();
                });
            }
            free.acquire(AT_ONCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(Certification end) {
        String name = end.applicant().device().registrationId();
        switch (end.issuance()) {
            case Issuance.Issued it ->
                held.merge(name, serial(it.operational()), (one, other) -> one + " and " + other);
            case Issuance.Renewed it -> complaints.add(name + " was renewed: " + it);
            case Issuance.Refused it -> complaints.add(name + " was refused: " + it);
            case Issuance.Lost it -> complaints.add(name + " gave up: " + it);
        }
        done.incrementAndGet();
    }

    private static String serial(X509Device device) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(device.certificate()));
            return certificate.getSerialNumber().toString(16);
        } catch (java.security.cert.CertificateException e) {
            throw new AssertionError(e);
        }
    }

    private void awaits(int count) {
        Awaitility.await()
                .atMost(10, TimeUnit.MINUTES)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> done.get() >= count);
    }
}
