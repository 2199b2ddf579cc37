package io.muster.outlets.file;

import io.muster.core.ledger.Event;
import io.muster.core.ledger.Sink;
import io.muster.core.ledger.SinkUnavailable;
import io.muster.outlets.event.EventJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A sink of files in a folder: an event a line, on disk before it counts. After a crash the last ones may stand twice.
public final class EventFile implements Sink, AutoCloseable {

    /// The name of the file that is written; full ones carry the time as well.
    public static final String NAME = "events";

    private final Journal journal;
    private final EventJson form = new EventJson();

    private EventFile(Journal journal) {
        this.journal = journal;
    }

    /// Opens the folder, or makes it.
    ///
    /// @param largest bytes after which a file is full
    /// @throws IOException when it cannot be written, or another server writes to it
    public static EventFile open(Path folder, long largest, InstantSource clock) throws IOException {
        return new EventFile(Journal.open(folder, NAME, largest, clock));
    }

    @Override
    public List<Poison> deliver(List<Event> events) {
        try {
            journal.write(events.stream().map(this::line).toList());
            return List.of();
        } catch (IOException e) {
            throw new SinkUnavailable("The file cannot be written (" + e.getMessage() + ").", e);
        }
    }

    private byte[] line(Event event) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes(form.of(event));
        line.write('\n');
        return line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
