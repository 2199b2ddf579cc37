package io.muster.server.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.fleet.device.Device;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Target;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.store.testkit.TestDatabase;
import io.muster.store.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What an operator takes away at one node is refused at the other: devices knock there without a pause, and each
/// knock is held against the moment at which the command returned.
class TakenAwayTest {

    private static final int KNOCKING = 4;
    private static final Duration PROMISED = Duration.ofSeconds(1);

    private record Knock(long begun, long ended, boolean letIn) {}

    @Test
    void whatever_is_taken_away_at_one_node_is_refused_at_the_other_within_a_second() throws Exception {
        TestDatabase database = TestServer.EXTERNAL.fresh();
        String[] settings = settings(database);
        try (Installation one = Installation.open(settings);
                Installation other = Installation.open(settings)) {
            Customer acme = Customer.create(one.operator(), "acme");
            Device device = acme.sharesKey("pumps").make("pump-1");
            Device second = acme.sharesKey("meters").make("meter-1");
            Target there = other.target("acme");

            drill(there, device, acme, "device", "quarantine", "pump-1", "--reason", "drill");
            acme.types("device", "release", "pump-1", "--reason", "drill");
            drill(there, device, acme, "enrollment", "disable", "pumps");
            acme.types("enrollment", "enable", "pumps");
            drill(there, device, acme, "device", "decommission", "pump-1", "--reason", "drill", "--yes");
            drill(there, second, acme, "enrollment", "disable", "meters");
        }
    }

    private static void drill(Target target, Device device, Customer customer, String... command) throws Exception {
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> letIn(Door.DPS_HTTPS.knock(target, device)));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        List<Knock> knocks = new ArrayList<>();
        long returned;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Knock>>> knocking = new ArrayList<>();
            for (int i = 0; i < KNOCKING; i++) {
                knocking.add(threads.submit(() -> knock(target, device, over, refused)));
            }
            customer.types(command);
            returned = System.nanoTime();
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> refused.get() > 2 * KNOCKING);
            over.set(true);
            for (Future<List<Knock>> one : knocking) {
                knocks.addAll(one.get());
            }
        }
        String what = String.join(" ", command);
        assertThat(knocks.stream().filter(Knock::letIn).filter(knock -> knock.begun() - returned > 0))
                .as("let in by a knock that began after: muster " + what)
                .isEmpty();
        assertThat(knocks.stream().filter(knock -> knock.letIn() && knock.ended() - returned > PROMISED.toNanos()))
                .as("still let in a second after: muster " + what)
                .isEmpty();
    }

    private static List<Knock> knock(Target target, Device device, AtomicBoolean over, AtomicInteger refused) {
        List<Knock> knocks = new ArrayList<>();
        while (!over.get()) {
            long begun = System.nanoTime();
            Ending ending = Door.DPS_HTTPS.knock(target, device);
            knocks.add(new Knock(begun, System.nanoTime(), letIn(ending)));
            if (ending instanceof Ending.Refused) {
                refused.incrementAndGet();
            }
        }
        return knocks;
    }

    private static boolean letIn(Ending ending) {
        return ending instanceof Ending.Enrolled || ending instanceof Ending.Reenrolled;
    }

    private static String[] settings(TestDatabase database) {
        String url = database.url() + "&user=" + database.user() + "&password=" + database.password();
        return new String[] {
            "database.url=" + url, "keyring.dir=" + Ground.folder("keys").resolve("keyring")
        };
    }
}
