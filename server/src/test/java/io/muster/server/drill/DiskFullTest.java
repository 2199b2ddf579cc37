package io.muster.server.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.muster.fleet.device.Maker;
import io.muster.fleet.dps.Ending;
import io.muster.fleet.dps.Target;
import io.muster.server.testkit.BundledDatabase;
import io.muster.server.testkit.Customer;
import io.muster.server.testkit.Door;
import io.muster.server.testkit.Ground;
import io.muster.server.testkit.Installation;
import io.muster.server.testkit.Storm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A disk that is full: refused, not lost; and well again by itself.
class DiskFullTest {

    /// The bundled database takes some 100 MB when it is new.
    private static final String DISK_SIZE = "190m";

    private static final int MOST_TRIES = 4_000;

    private final Path disk = Ground.folder("disk");
    private final Path ballast = disk.resolve("ballast");

    @BeforeEach
    void mount() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + DISK_SIZE + ",mode=711", "tmpfs", disk.toString()))
                .as("a small disk for the test: that takes root who may mount")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void devices_are_refused_while_the_disk_is_full_and_enroll_when_it_has_room_again() throws Exception {
        try (Installation house = Installation.openIn(disk.resolve("data"))) {
            Customer customer = Customer.create(house.operator(), "acme");
            Maker maker = Maker.found("Storm Works");
            customer.trusts("pumps", maker.rootPem());
            Target target = house.target("acme");
            Map<String, String> acknowledged = new HashMap<>();

            assertThat(Door.DPS_HTTPS.knock(target, maker.make("before-the-flood")))
                    .isInstanceOf(Ending.Enrolled.class);
            acknowledged.put("before-the-flood", "before-the-flood");

            fill();
            Ending.Refused refused = enrollUntilRefused(maker, target, acknowledged);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.message()).contains("unavailable");
            assertThat(house.house().databasePlace()).isPresent();

            Files.delete(ballast);
            Awaitility.await()
                    .atMost(90, TimeUnit.SECONDS)
                    .until(
                            () -> Door.DPS_HTTPS.knock(target, maker.make("after-the-flood")),
                            Ending.Enrolled.class::isInstance);
            acknowledged.put("after-the-flood", "after-the-flood");
            assertThat(customer.devices())
                    .extracting(device -> device.path("registrationId").asText())
                    .containsAll(acknowledged.keySet())
                    .doesNotHaveDuplicates();
            Storm.ledgerIsWhole(BundledDatabase.in(house.data()).open());
        }
    }

    /// Devices enroll until the room that is left is used up.
    private static Ending.Refused enrollUntilRefused(Maker maker, Target target, Map<String, String> acknowledged) {
        for (int i : IntStream.range(0, MOST_TRIES).toArray()) {
            switch (Door.DPS_HTTPS.knock(target, maker.make("pump-" + i))) {
                case Ending.Enrolled enrolled -> acknowledged.put("pump-" + i, enrolled.deviceId());
                case Ending.Refused refused -> {
                    return refused;
                }
                case Ending.Reenrolled again -> throw new AssertionError("enrolled twice: " + again);
                case Ending.Lost lost -> throw new AssertionError("not answered: " + lost);
            }
        }
        throw new AssertionError("the disk is not full");
    }

    private void fill() throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
