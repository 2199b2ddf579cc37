package io.muster.server.house;

import io.muster.core.flow.Drain;
import io.muster.core.ledger.LedgerUnavailable;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drains deferred operations on one thread of this node, until closed.
final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration IDLE = Duration.ofMillis(500);

    private final Drain drain;
    private final Thread thread;
    private volatile boolean open = true;

    private Worker(Drain drain) {
        this.drain = drain;
        this.thread = Thread.ofVirtual().name("drain").unstarted(this::run);
    }

    static Worker start(Drain drain) {
        Worker worker = new Worker(drain);
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
            return drain.once() > 0;
        } catch (LedgerUnavailable e) {
            LOG.debug("Deferred operations wait: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Draining deferred operations failed; it goes on.", e);
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
