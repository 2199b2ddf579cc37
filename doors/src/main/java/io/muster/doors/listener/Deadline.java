package io.muster.doors.listener;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One moving deadline on an event loop. Moving it later costs nothing: the timer that is already set looks again when
/// it fires.
public final class Deadline {

    private final EventExecutor loop;
    private final Runnable expired;
    private boolean set;
    private long at;
    private long timerAt;
    private @Nullable Future<?> timer;

    public Deadline(EventExecutor loop, Runnable expired) {
        this.loop = loop;
        this.expired = expired;
    }

    /// Expires after `limit`, counted from now.
    public void in(Duration limit) {
        set = true;
        at = loop.ticker().nanoTime() + limit.toNanos();
        if (timer == null || at - timerAt < 0) {
            start();
        }
    }

    public void clear() {
        set = false;
    }

    /// Clears it for good.
    public void cancel() {
        set = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void start() {
        if (timer != null) {
            timer.cancel(false);
        }
        timerAt = at;
        timer = loop.schedule(this::fire, Math.max(0, at - loop.ticker().nanoTime()), TimeUnit.NANOSECONDS);
    }

    private void fire() {
        timer = null;
        if (!set) {
            return;
        }
        if (at - loop.ticker().nanoTime() > 0) {
            start();
        } else {
            set = false;
            expired.run();
        }
    }
}
