package io.muster.server.house;

import io.muster.core.ledger.LedgerUnavailable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does one kind of work again and again on one thread of this node, until closed.
final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration IDLE = Duration.ofMillis(500);

    private final String name;
    private final BooleanSupplier work;
    private final Thread thread;
    private volatile boolean open = true;

    private Worker(String name, BooleanSupplier work) {
        this.name = name;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /// @param work true when there is more to do at once
    static Worker start(String name, BooleanSupplier work) {
        Worker worker = new Worker(name, work);
        worker.thread.start();
        return worker;
    }

    private void run() {
        while (open) {
            if (!worked()) {
                pause();
            }
        }
    }

    private boolean worked() {
        try {
            return work.getAsBoolean();
        } catch (LedgerUnavailable e) {
            LOG.debug("The {} waits: {}", name, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The {} failed; it goes on.", name, e);
        }
        return false;
    }

    private void pause() {
        LockSupport.parkNanos(IDLE.toNanos());
    }

    /// Lets the batch under way end, for at most five seconds.
    @Override
    public void close() {
        open = false;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt();
        }
    }
}
