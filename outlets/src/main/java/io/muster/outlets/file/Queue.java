package io.muster.outlets.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lines that wait for the writer. It is short: whoever brings a line while it is full waits, and so does his device.
final class Queue {

    private final int longest;
    private final int batchBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition work = lock.newCondition();
    private final Deque<Line> lines = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    /// @param longest    lines
    /// @param batchBytes with which a batch is large enough; so much may wait, and a line more
    Queue(int longest, int batchBytes) {
        this.longest = longest;
        this.batchBytes = batchBytes;
    }

    /// False when it is closed.
    boolean put(Line line) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while ((lines.size() >= longest || bytes >= batchBytes) && !closed) {
                room.await();
            }
            if (!closed) {
                lines.add(line);
                bytes += line.octets().length;
                work.signal();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for lines, and takes them; none when it is closed and nothing is left.
    List<Line> take() {
        lock.lock();
        try {
            while (lines.isEmpty() && !closed) {
                work.awaitUninterruptibly();
            }
            List<Line> batch = new ArrayList<>();
            for (int size = 0;
                    size < batchBytes && !lines.isEmpty();
                    size += batch.getLast().octets().length) {
                batch.add(lines.poll());
            }
            bytes -= batch.stream().mapToInt(line -> line.octets().length).sum();
            room.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
