package io.muster.outlets.file;

import io.muster.core.telemetry.Message;
import io.muster.core.telemetry.Telemetry;
import io.muster.core.telemetry.TelemetryUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;

/// Keeps messages in files of a folder, one JSON object a line. One thread writes for all who wait: what came while the
/// disk was busy goes to it at once.
public final class TelemetryFile implements Telemetry, AutoCloseable {

    private static final System.Logger log = System.getLogger(TelemetryFile.class.getName());

    /// Bytes after which a file is full.
    public static final long LARGEST_FILE = 64L * 1024 * 1024;

    private static final String NAME = "telemetry";
    private static final int LONGEST_QUEUE = 1_024;
    private static final int BATCH_BYTES = 4 * 1024 * 1024;

    private final Journal journal;
    private final MessageLine form = new MessageLine();
    private final Queue queue = new Queue(LONGEST_QUEUE, BATCH_BYTES);
    private final Thread writer;

    /// Of the writer alone: a disk that is full is said once.
    private boolean failing;

    private TelemetryFile(Journal journal) {
        this.journal = journal;
        this.writer = Thread.ofPlatform().name("telemetry-file").unstarted(this::write);
    }

    /// Opens the folder, or makes it.
    ///
    /// @throws IOException when it cannot be written, or another server writes to it
    public static TelemetryFile open(Path folder, InstantSource clock) throws IOException {
        return open(folder, LARGEST_FILE, clock);
    }

    static TelemetryFile open(Path folder, long largest, InstantSource clock) throws IOException {
        TelemetryFile opened = new TelemetryFile(Journal.open(folder, NAME, largest, clock));
        opened.writer.start();
        return opened;
    }

    @Override
    public void accept(Message message) {
        Line line = new Line(form.of(message));
        try {
            if (!queue.put(line)) {
                throw new TelemetryUnavailable("The server stops.");
            }
            line.durable().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TelemetryUnavailable("The server stops.", e);
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
