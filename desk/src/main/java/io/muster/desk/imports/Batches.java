package io.muster.desk.imports;

import io.muster.core.roster.Import;
import io.muster.core.roster.Registrar;
import io.muster.desk.imports.reading.Item;
import io.muster.desk.imports.reading.Items;
import io.muster.desk.imports.reading.Unreadable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;

/// Reads a file and examines its items on a thread of its own, a little ahead of whoever stores them: reading costs
/// the processor what storing costs the database.
final class Batches implements AutoCloseable {

    private static final int AHEAD = 2;

    /// Opens the file from its beginning.
    @FunctionalInterface
    interface Opening {
        Items open() throws IOException;
    }

    /// What comes next.
    private sealed interface Piece {
        record Full(Batch batch) implements Piece {}

        record End() implements Piece {}

        record Gone(IOException cause) implements Piece {}

        record Broken(RuntimeException cause) implements Piece {}
    }

    private final ArrayBlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;

    private Batches(Opening file, Examination examination, int skipped) {
        this.thread = Thread.ofVirtual().name("import-reader").unstarted(() -> read(file, examination, skipped));
    }

    /// @param skipped how many items were gone through before: they are examined, since others are judged beside
    ///     them, and are in no batch
    static Batches of(Opening file, LineForm form, Import work, int skipped) {
        Batches batches = new Batches(file, new Examination(form, work), skipped);
        batches.thread.start();
        return batches;
    }

    /// The next one; empty after the last.
    ///
    /// @throws Unreadable where nothing behind this place can be read
    /// @throws IOException when the file is not there any more
    Optional<Batch> next() throws IOException {
        try {
            return switch (pieces.take()) {
                case Piece.Full(Batch batch) -> Optional.of(batch);
                case Piece.End() -> Optional.empty();
                case Piece.Gone(IOException cause) -> throw cause;
                case Piece.Broken(RuntimeException cause) -> throw cause;
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void read(Opening file, Examination examination, int skipped) {
        try {
            pieces.put(ended(file, examination, skipped));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Hands over every batch but the last; what is found in the end comes behind them.
    private Piece ended(Opening file, Examination examination, int skipped) throws InterruptedException {
        Batch batch = new Batch(skipped);
        int looked = 0;
        try {
            Items items = file.open();
            for (Optional<Item> item = items.next(); item.isPresent(); item = items.next()) {
                int before = examination.items();
                LineForm.Read read = examination.examine(item.get());
                if (before < skipped) {
                    continue;
                }
                batch.add(read, item.get().line(), examination.items() > before, examination.items());
                looked++;
                if (looked == Registrar.MAX_ADDED) {
                    pieces.put(new Piece.Full(batch));
                    batch = new Batch(examination.items());
                    looked = 0;
                }
            }
        } catch (IOException e) {
            return new Piece.Gone(e);
        } catch (Unreadable e) {
            pieces.put(new Piece.Full(batch));
            return new Piece.Broken(e);
        } catch (RuntimeException e) {
            return new Piece.Broken(e);
        }
        pieces.put(new Piece.Full(batch));
        return new Piece.End();
    }

    /// Reads no further.
    @Override
    public void close() {
        thread.interrupt();
    }
}
