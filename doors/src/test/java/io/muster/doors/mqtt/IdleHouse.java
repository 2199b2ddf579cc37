package io.muster.doors.mqtt;

import io.muster.doors.testkit.MqttReached;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The MQTT wall in a JVM of its own, so that nothing but it is measured. Says its port; then, for each line that it
/// reads, what it costs: connections, threads, kilobytes of heap in use, kilobytes of resident memory.
final class IdleHouse {

    private IdleHouse() {}

    public static void main(String[] arguments) throws IOException {
        try (MqttReached reached = MqttReached.alone(new MqttWall(List.of(new OpenDoor()), MqttLimits.usual()));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(reached.address().getPort());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.gc();
                System.out.println(reached.connections() + " " + threads() + " " + heapKilobytes() + " " + resident());
            }
        }
    }

    /// Lets everybody in and keeps nothing of them.
    private static final class OpenDoor implements MqttDoor, MqttGuest {

        @Override
        public Optional<Welcome> connect(MqttConnect connect) {
            return Optional.of(new Welcome.Accepted(new Owner("idle", "acme", connect.clientId()), this));
        }

        @Override
        public Grant subscribe(String filter, int qos, MqttReplies replies) {
            return new Grant.Granted(qos);
        }

        @Override
        public Receipt publish(MqttMessage message, MqttReplies replies) {
            return new Receipt.Taken();
        }

        @Override
        public void left(Departure departure) {}
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heapKilobytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
    }

    private static long resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
    }
}
