package io.muster.store.lane;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Tells whoever waits that the lane has written. Nothing is missed: one waits for what comes after a beat.
public final class Signal {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private long beats;

    public long beat() {
        lock.lock();
        try {
            return beats;
        } finally {
            lock.unlock();
        }
    }

    public void raise() {
        lock.lock();
        try {
            beats++;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Returns when it was raised after that beat, or after `most`, or when the thread is interrupted.
    public void await(long beat, Duration most) {
        lock.lock();
        try {
            long left = most.toNanos();
            while (beats == beat && left > 0) {
                left = raised.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
