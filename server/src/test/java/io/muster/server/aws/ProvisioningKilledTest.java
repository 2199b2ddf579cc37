package io.muster.server.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.aws.AwsClient;
import io.muster.fleet.aws.AwsTarget;
import io.muster.fleet.aws.Format;
import io.muster.fleet.aws.Newcomer;
import io.muster.fleet.aws.Onboarding;
import io.muster.fleet.aws.Provisioning;
import io.muster.fleet.aws.ThingTemplate;
import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Keysmith;
import io.muster.fleet.device.X509Device;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.ChildNode;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Operator;
import io.muster.server.testkit.Storm;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// `kill -9` between create and register, and between commit and answer, again and again: every device that comes back
/// ends with one identity, and with the certificate that it holds.
class ProvisioningKilledTest {

    private static final boolean FULL = Boolean.getBoolean("muster.test.full");
    private static final int DEVICES = FULL ? 5_000 : 200;
    private static final int KILLS = FULL ? 25 : 2;
    private static final int AT_ONCE = 24;

    private final Map<String, X509Device> held = new ConcurrentHashMap<>();
    private final AtomicInteger done = new AtomicInteger();
    private final Set<String> complaints = ConcurrentHashMap.newKeySet();

    @Test
    void every_device_ends_with_one_identity() throws Exception {
        try (ChildNode node = ChildNode.up(Ground.folder("killed").resolve("data"))) {
            X509Device claim = claim(node);
            Thread arrival = Thread.ofVirtual().start(() -> arrive(node, claim));

            for (int kill = 1; kill <= KILLS; kill++) {
                awaits(DEVICES * kill / (KILLS + 1));
                node.kill();
                node.upAgain();
            }
            arrival.join();

            assertThat(complaints).isEmpty();
            assertThat(held).hasSize(DEVICES);
            assertThat(current(node.operator()))
                    .as("the ledger has each device once, with the certificate that it holds")
                    .containsExactlyInAnyOrderEntriesOf(serials());
            Storm.ledgerIsWhole(BundledDatabase.in(node.data()).open());
        }
    }

    private static X509Device claim(ChildNode node) {
        AwsCustomer acme = AwsCustomer.create(node.operator(), "acme");
        acme.takesClaims("things", ThingTemplate.BODY);
        return acme.claim("line-1", "things", "--creates", "1000000", "--per-second", "10000");
    }

    /// Serial number by name: what the ledger says.
    private static Map<String, String> current(Operator operator) {
        return operator.asks("cert", "list", "--all", "--tenant", "acme")
                .path("items")
                .valueStream()
                .filter(it -> it.path("state").asText().equals("current"))
                .collect(Collectors.toMap(
                        it -> it.path("registrationId").asText(),
                        it -> it.path("serial").asText(),
                        (one, other) -> one + " and " + other));
    }

    private Map<String, String> serials() {
        return held.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, it -> it.getValue().serialNumber().toString(16)));
    }

    private void arrive(ChildNode node, X509Device claim) {
        Keysmith keys = new Keysmith();
        Semaphore free = new Semaphore(AT_ONCE);
        Endpoint endpoint = Endpoint.of(node);
        AwsTarget target = new AwsTarget(
                URI.create("mqtts://" + endpoint.host() + ":" + endpoint.port()),
                endpoint.anchorPem(),
                "things",
                Format.CBOR,
                Optional.of(ThingTemplate.TELEMETRY));
        try (AwsClient client = new AwsClient(target, Patience.tries(200).within(Duration.ofSeconds(10)), 1)) {
            for (int i = 0; i < DEVICES; i++) {
                Newcomer newcomer = Newcomer.withKey(claim, keys.request("thing-" + i));
                free.acquire();
                client.provision(newcomer, System.nanoTime(), end -> {
                    note(end);
                    free.release();
                });
            }
            free.acquire(AT_ONCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(Provisioning end) {
        String name = end.newcomer().name();
        switch (end.onboarding()) {
            case Onboarding.Enrolled it -> {
                if (held.put(it.thing(), it.operational()) != null) {
                    complaints.add(name + " was provisioned twice");
                }
            }
            case Onboarding.Refused it -> complaints.add(name + " was refused: " + it);
            case Onboarding.Lost it -> complaints.add(name + " gave up: " + it);
        }
        done.incrementAndGet();
    }

    private void awaits(int count) {
        Awaitility.await()
                .atMost(10, TimeUnit.MINUTES)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> done.get() >= count);
    }
}
