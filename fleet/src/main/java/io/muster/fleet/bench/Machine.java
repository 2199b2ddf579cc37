package io.muster.fleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where figures were measured: they mean nothing without it.
///
/// @param processor model of the processor
/// @param cores     how they were shared
/// @param jvm       the Java that ran the devices, and the floor
/// @param system    operating system
record Machine(String processor, Cores cores, String jvm, String system) {

    static Machine here(Cores cores) throws IOException {
        return new Machine(
                processorModel(),
                cores,
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"));
    }

    private static String processorModel() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        String fallback = System.getProperty("os.arch");
        if (!Files.exists(file)) {
            return fallback;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(fallback);
    }
}
