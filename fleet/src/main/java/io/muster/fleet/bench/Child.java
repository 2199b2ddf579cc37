package io.muster.fleet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process started by the benchmark, and stopped by it whatever happens: on close, and when this JVM ends.
///
/// Its standard input stays open as long as this JVM lives, so that a child that reads it notices a killed parent.
final class Child implements AutoCloseable {

    private static final int TIME_TO_STOP_SECONDS = 40;
    private static final int LINES_SHOWN = 20;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread hook;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.hook = new Thread(this::stop, "stop " + name);
    }

    /// Starts `command`; what it says goes to `log`.
    static Child start(String name, List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Child child = new Child(name, process, log);
        Runtime.getRuntime().addShutdownHook(child.hook);
        return child;
    }

    long pid() {
        return process.pid();
    }

    /// Waits until `ready` is true; explains itself with the child's last words when that does not come.
    void awaitReady(Duration atMost, Check ready) throws IOException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!ready.passes()) {
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended with code " + process.exitValue()
                        + " instead of serving. It said:\n" + lastWords());
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        name + " did not serve within " + atMost.toSeconds() + " s. It said:\n" + lastWords());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// A question to a starting server.
    interface Check {
        boolean passes() throws IOException, InterruptedException;
    }

    private String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    @Override
    public void close() {
        stop();
        if (!Thread.currentThread().equals(hook)) {
            removeHook();
        }
    }

    private void removeHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is ending already, and the hook does the work.
        }
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(TIME_TO_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
