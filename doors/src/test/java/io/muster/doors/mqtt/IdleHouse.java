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

/// The MQTT wall in a JVM of its own, so that nothing but it is measured. Says its port; then, for each line that it
/// reads, what it costs: connections, threads, kilobytes of heap in use, kilobytes of resident memory.
final class IdleHouse {

    private IdleHouse() {}

    public static void main(String[] arguments) throws IOException {
        try (MqttReached reached = MqttReached.alone(new MqttWall(List.of(new ObedientDoor()), MqttLimits.usual()));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(reached.address().getPort());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.gc();
                System.out.println(reached.connections() + " " + threads() + " " + heapKilobytes() + " " + resident());
            }
        }
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
