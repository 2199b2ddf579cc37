package io.muster.server.demo;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/// A progress bar on a terminal; a line at every quarter elsewhere.
final class Progress {

    private static final int WIDTH = 40;

    private final PrintStream err;
    private final boolean terminal;
    private final long whole;
    private final AtomicLong done = new AtomicLong();

    Progress(PrintStream err, boolean terminal, long whole) {
        this.err = err;
        this.terminal = terminal;
        this.whole = whole;
    }

    /// One more is done. May be called by several threads.
    void step() {
        long now = done.incrementAndGet();
        long every = Math.max(1, whole / (terminal ? 200 : 4));
        if (now % every == 0 || now == whole) {
            print(now);
        }
    }

    private synchronized void print(long now) {
        if (terminal) {
            int filled = (int) (WIDTH * now / whole);
            err.printf("\r  [%s%s] %,d of %,d devices", "#".repeat(filled), ".".repeat(WIDTH - filled), now, whole);
            if (now == whole) {
                err.println();
            }
        } else {
            err.printf("  %,d of %,d devices%n", now, whole);
        }
        err.flush();
    }
}
