package io.muster.core.telemetry;

import io.muster.core.device.Name;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// One watcher, and what he has not asked for yet: so many messages and bytes at most, the oldest go first.
public final class Tail {

    /// Messages that wait for the watcher.
    public static final int MOST = 1_000;

    static final int MOST_BYTES = 4 * 1024 * 1024;

    private final UUID id;
    private final String whose;
    private final Name tenant;
    private final Predicate<Sender> wanted;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Deque<Outgoing> waiting = new ArrayDeque<>();
    private long bytes;
    private long dropped;
    private boolean asked;
    private volatile long lastAsked;

    Tail(UUID id, String whose, Name tenant, Predicate<Sender> wanted, LongSupplier nanos) {
        this.id = id;
        this.whose = whose;
        this.tenant = tenant;
        this.wanted = wanted;
        this.nanos = nanos;
        this.lastAsked = nanos.getAsLong();
    }

    /// What came since the last time.
    ///
    /// @param dropped how many came as well and were let go, before these
    public record Seen(List<Outgoing> messages, long dropped) {
        public Seen {
            messages = List.copyOf(messages);
        }
    }

    public UUID id() {
        return id;
    }

    boolean isOf(String principal, Name name) {
        return whose.equals(principal) && tenant.equals(name);
    }

    boolean silentFor(Duration longest) {
        return nanos.getAsLong() - lastAsked > longest.toNanos();
    }

    void tell(Outgoing message) {
        if (!wanted.test(message.message().from())) {
            return;
        }
        lock.lock();
        try {
            waiting.add(message);
            bytes += message.event().size();
            while (waiting.size() > MOST || bytes > MOST_BYTES) {
                bytes -= waiting.remove().event().size();
                dropped++;
            }
            if (asked) {
                more.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for messages, and takes them; none when none came in time.
    public Seen await(int limit, Duration longest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            lastAsked = nanos.getAsLong();
            asked = true;
            long left = longest.toNanos();
            while (waiting.isEmpty() && left > 0) {
                left = more.awaitNanos(left);
            }
            return take(limit);
        } finally {
            asked = false;
            lastAsked = nanos.getAsLong();
            lock.unlock();
        }
    }

    private Seen take(int limit) {
        List<Outgoing> taken = new ArrayList<>();
        while (taken.size() < limit && !waiting.isEmpty()) {
            Outgoing next = waiting.remove();
            bytes -= next.event().size();
            taken.add(next);
        }
        Seen seen = new Seen(taken, dropped);
        dropped = 0;
        return seen;
    }
}
