package io.muster.fleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which cores the server gets, and which the devices.
///
/// @param server the server's cores; empty where nothing could be pinned
/// @param client the devices' cores; empty where nothing could be pinned
/// @param remark how it was done, or why not
record Cores(List<Integer> server, List<Integer> client, String remark) {

    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    Cores {
        server = List.copyOf(server);
        client = List.copyOf(client);
    }

    /// The first core that this process may use is the server's, the others are the devices'.
    static Cores plan() throws IOException {
        List<Integer> allowed = allowed();
        if (allowed.size() < 2) {
            return new Cores(
                    List.of(),
                    List.of(),
                    "not pinned: this process may use one core only, so server and devices share it and every figure but CPU time suffers");
        }
        if (!Files.isExecutable(TASKSET)) {
            return new Cores(
                    List.of(),
                    List.of(),
                    "not pinned: there is no taskset (package util-linux), so the figures are not those of one core");
        }
        List<Integer> client = allowed.subList(1, allowed.size());
        return new Cores(
                allowed.subList(0, 1),
                client,
                "server on core " + list(allowed.subList(0, 1)) + ", devices on " + list(client));
    }

    /// The command that starts `command` on the server's core.
    List<String> onServerCore(List<String> command) {
        return pinned(server, command);
    }

    /// The command that starts `command` beside the devices.
    List<String> onClientCores(List<String> command) {
        return pinned(client, command);
    }

    private static List<String> pinned(List<Integer> cores, List<String> command) {
        if (cores.isEmpty()) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of(TASKSET.toString(), "-c", list(cores)));
        pinned.addAll(command);
        return pinned;
    }

    /// Moves this process, in which the devices live, to their cores.
    void moveDevices() throws IOException, InterruptedException {
        if (client.isEmpty()) {
            return;
        }
        String self = Long.toString(ProcessHandle.current().pid());
        Process taskset = new ProcessBuilder(TASKSET.toString(), "-a", "-p", "-c", list(client), self)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!taskset.waitFor(10, TimeUnit.SECONDS) || taskset.exitValue() != 0) {
            taskset.destroyForcibly();
            throw new IllegalStateException("taskset could not move the devices to the cores " + list(client));
        }
    }

    private static List<Integer> allowed() throws IOException {
        String ranges = Proc.status(ProcessHandle.current().pid(), "Cpus_allowed_list");
        return List.of(ranges.split(",", -1)).stream().flatMap(Cores::range).toList();
    }

    private static Stream<Integer> range(String text) {
        int dash = text.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
        return IntStream.rangeClosed(first, last).boxed();
    }

    private static String list(List<Integer> cores) {
        return cores.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
