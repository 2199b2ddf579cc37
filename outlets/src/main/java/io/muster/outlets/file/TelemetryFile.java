package io.muster.outlets.file;

import io.muster.core.device.Name;
import io.muster.core.telemetry.Outgoing;
import io.muster.core.telemetry.TelemetrySink;
import io.muster.core.telemetry.TelemetryUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Keeps messages in files of a folder, an event a line. One thread writes for all who wait: what came while the disk
/// was busy goes to it at once.
public final class TelemetryFile implements TelemetrySink, AutoCloseable {

    private static final System.Logger log = System.getLogger(TelemetryFile.class.getName());

    /// Bytes after which a file is full.
    public static final long LARGEST_FILE = 64L * 1024 * 1024;

    /// The name of the file that is written; full ones carry the time as well.
    public static final String MESSAGES = "telemetry";

    /// The same for what is put aside.
    public static final String ASIDE = "quarantine";

    private static final int LONGEST_QUEUE = 1_024;
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private final Name name;
    private final Journal journal;
    private final Queue queue = new Queue(LONGEST_QUEUE, BATCH_BYTES);
    private final Thread writer;

    /// Of the writer alone: a disk that is full is said once.
    private boolean failing;

    private TelemetryFile(Name name, Journal journal) {
        this.name = name;
        this.journal = journal;
        this.writer = Thread.ofPlatform().name("telemetry-" + name).unstarted(this::write);
    }

    /// Opens the folder, or makes it.
    ///
    /// @param name    of the sink
    /// @param file    the name of the file that is written, without its ending
    /// @param largest bytes after which a file is full
    /// @throws IOException when it cannot be written, or another server writes to it
    public static TelemetryFile open(Name name, Path folder, String file, long largest, InstantSource clock)
            throws IOException {
        TelemetryFile opened = new TelemetryFile(name, Journal.open(folder, file, largest, clock));
        opened.writer.start();
        return opened;
    }

    @Override
    public Name name() {
        return name;
    }

    @Override
    public Delivery begin(Outgoing message) {
        Line line = Line.of(message.event());
        try {
            if (!queue.put(line)) {
                throw new TelemetryUnavailable("The server stops.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TelemetryUnavailable("The server stops.", e);
        }
        return () -> durable(line.durable());
    }

    private static Optional<String> durable(CompletableFuture<Boolean> line) {
        try {
            line.join();
            return Optional.empty();
        } catch (CompletionException e) {
            throw new TelemetryUnavailable("The telemetry file cannot be written.", e);
        }
    }

    private void write() {
        for (List<Line> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
            write(batch);
        }
    }

    private void write(List<Line> batch) {
        try {
            journal.write(batch.stream().map(Line::octets).toList());
            batch.forEach(line -> line.durable().complete(true));
            tell(false, "The telemetry file is written again.");
        } catch (IOException | RuntimeException | Error e) {
            batch.forEach(line -> line.durable().completeExceptionally(e));
            tell(true, "The telemetry file cannot be written, so devices' messages are not taken: " + e.getMessage());
        }
    }

    private void tell(boolean fails, String what) {
        if (fails != failing) {
            failing = fails;
            log.log(System.Logger.Level.WARNING, what);
        }
    }

    /// Writes what waits, and takes nothing more.
    @Override
    public void close() throws IOException {
        queue.close();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
