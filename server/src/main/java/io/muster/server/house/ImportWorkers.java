package io.muster.server.house;

import io.muster.core.ledger.LedgerUnavailable;
import io.muster.desk.imports.ImportWork;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on imports, on two threads of this node: a large one does not hold up a small one. Closing lets those under
/// way go after the batch at hand, for another node to take up at once.
final class ImportWorkers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImportWorkers.class);
    private static final int THREADS = 2;
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final ImportWork work;
    private final List<Thread> threads;
    private volatile boolean open = true;

    private ImportWorkers(ImportWork work) {
        this.work = work;
        this.threads = IntStream.rangeClosed(1, THREADS)
                .mapToObj(i -> Thread.ofVirtual().name("import-" + i).unstarted(this::run))
                .toList();
    }

    static ImportWorkers start(ImportWork work) {
        ImportWorkers workers = new ImportWorkers(work);
        workers.threads.forEach(Thread::start);
        return workers;
    }

    private void run() {
        while (open) {
            if (!worked()) {
                LockSupport.parkNanos(IDLE.toNanos());
            }
        }
    }

    private boolean worked() {
        try {
            return work.once(() -> open);
        } catch (LedgerUnavailable e) {
            LOG.debug("Imports wait: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Working on imports failed; it goes on.", e);
        }
        return false;
    }

    @Override
    public void close() {
        open = false;
        threads.forEach(LockSupport::unpark);
        try {
            for (Thread thread : threads) {
                thread.join(LONGEST_CLOSE);
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }
}
