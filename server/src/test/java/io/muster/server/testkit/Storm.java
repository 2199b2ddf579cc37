package io.muster.server.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.channel.Patience;
import io.muster.fleet.device.Device;
import io.muster.fleet.device.GroupKey;
import io.muster.fleet.device.Maker;
import io.muster.fleet.dps.DpsJudge;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Registration;
import io.muster.fleet.dps.Target;
import io.muster.fleet.run.FleetRun;
import io.muster.fleet.run.FleetSummary;
import io.muster.fleet.run.Pace;
import io.muster.store.testkit.LedgerInvariants;
import io.muster.store.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A fleet that arrives while something breaks. Its devices try again, as often as it takes; what they were
/// acknowledged is written down as they hear it.
public final class Storm {

    /// All of them only in the full run.
    private static final int DEVICES = Boolean.getBoolean("muster.test.full") ? 5_000 : 300;

    /// At which shares of the fleet something breaks; more often only in the full run.
    public static final List<Double> BREAKS =
            Boolean.getBoolean("muster.test.full") ? List.of(0.1, 0.3, 0.5, 0.7, 0.9) : List.of(0.4);

    private static final int AT_ONCE = 24;
    private static final int TRIES = 120;
    private static final int LONGEST_MINUTES = 10;

    private final Customer customer;
    private final List<Device> devices;
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();

    private Storm(Customer customer, List<Device> devices) {
        this.customer = customer;
        this.devices = devices;
    }

    /// Half of the devices prove themselves by certificate, half by key.
    public static Storm of(Customer customer) {
        Maker maker = Maker.found("Storm Works");
        customer.trusts("pumps", maker.rootPem());
        GroupKey key = customer.sharesKey("meters");
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            devices.add(i % 2 == 0 ? maker.make("pump-" + i) : key.make("meter-" + i));
        }
        return new Storm(customer, devices);
    }

    /// Returns when a node lets the fleet's devices in: it may take two seconds until a node knows what another one was
    /// told.
    public Storm knownAt(Target target) {
        Device lastGroups = devices.getLast();
        Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(
                        () -> Door.DPS_HTTPS.knock(target, lastGroups),
                        ending -> ending instanceof Ending.Enrolled || ending instanceof Ending.Reenrolled);
        return this;
    }

    /// Lets the fleet arrive at a server.
    public CompletableFuture<FleetSummary> arrivesAt(Target target) {
        FleetRun run = new FleetRun(
                target,
                new Pace.AsFastAsServed(AT_ONCE),
                Patience.tries(TRIES).within(Duration.ofSeconds(10)),
                new DpsJudge());
        return CompletableFuture.supplyAsync(() -> run(run), Thread::startVirtualThread);
    }

    private FleetSummary run(FleetRun run) {
        try {
            return run.run(devices, this::note);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void note(Registration registration) {
        String name = registration.device().registrationId();
        switch (registration.ending()) {
            case Ending.Enrolled enrolled -> acknowledged.put(name, enrolled.deviceId());
            case Ending.Reenrolled again -> acknowledged.put(name, again.deviceId());
            case Ending.Refused ignored -> {}
            case Ending.Lost ignored -> {}
        }
    }

    /// Returns when this share of the fleet has been acknowledged.
    public void awaits(double share) {
        Awaitility.await()
                .atMost(LONGEST_MINUTES, TimeUnit.MINUTES)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> acknowledged.size() >= share * devices.size());
    }

    /// Everybody ended enrolled, once; and coming again changes nobody.
    public void endedWell(CompletableFuture<FleetSummary> arrival, Target target) throws Exception {
        FleetSummary summary = arrival.get(LONGEST_MINUTES, TimeUnit.MINUTES);
        assertThat(summary.reasons()).isEmpty();
        assertThat(summary.enrolled() + summary.reenrolled()).isEqualTo(devices.size());
        assertThat(summary.duplicates()).isZero();
        everythingAcknowledgedIsStored();

        Map<String, String> first = Map.copyOf(acknowledged);
        FleetSummary again = arrivesAt(target).get(LONGEST_MINUTES, TimeUnit.MINUTES);
        assertThat(again.reenrolled()).isEqualTo(devices.size());
        assertThat(acknowledged).isEqualTo(first);
        everythingAcknowledgedIsStored();
    }

    /// By a reader that knows only what was acknowledged.
    private void everythingAcknowledgedIsStored() {
        Map<String, String> stored = new HashMap<>();
        customer.devices()
                .forEach(device -> stored.merge(
                        device.path("registrationId").asText(),
                        device.path("deviceId").asText(),
                        (one, other) -> one + " and " + other));
        assertThat(stored).isEqualTo(acknowledged);
    }

    /// The ledger keeps its promises, by a reader that needs no key.
    public static void ledgerIsWhole(TestDatabase database) throws Exception {
        assertThat(new LedgerInvariants(database).breaches()).isEmpty();
    }
}
