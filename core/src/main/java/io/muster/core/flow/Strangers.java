package io.muster.core.flow;

import io.muster.core.access.Scope;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.ledger.Attempt;
import io.muster.core.ledger.Attempts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// The last tries of callers that proved nothing, in memory: whoever knocks without proof costs no disk, and cannot
/// push out what is kept of real devices. Counted by code without bound in time, kept up to a fixed number.
public final class Strangers implements Attempts {

    /// How many tries are kept.
    public static final int CAPACITY = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Attempt> ring = new ArrayDeque<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /// Counts a try of which nothing is kept: its caller named no tenant that is here.
    void count(String code) {
        lock.lock();
        try {
            counts.merge(code, 1L, Long::sum);
        } finally {
            lock.unlock();
        }
    }

    /// Keeps a try; the oldest goes when there are too many.
    public void keep(Attempt attempt) {
        lock.lock();
        try {
            counts.merge(attempt.code(), 1L, Long::sum);
            ring.addFirst(attempt);
            if (ring.size() > CAPACITY) {
                ring.removeLast();
            }
        } finally {
            lock.unlock();
        }
    }

    /// How many tries ended with each code since the start.
    public Map<String, Long> counts() {
        lock.lock();
        try {
            return Map.copyOf(counts);
        } finally {
            lock.unlock();
        }
    }

    /// Strangers belong to no enrollment and to no region.
    @Override
    public List<Attempt> of(Name tenant, Scope scope, RegistrationId name, int limit) {
        if (scope.narrowed()) {
            return List.of();
        }
        lock.lock();
        try {
            List<Attempt> found = new ArrayList<>();
            Iterator<Attempt> newestFirst = ring.iterator();
            while (newestFirst.hasNext() && found.size() < limit) {
                Attempt attempt = newestFirst.next();
                if (attempt.tenant().equals(tenant) && attempt.registrationId().equals(name)) {
                    found.add(attempt);
                }
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Attempt> find(Name tenant, AttemptId id) {
        lock.lock();
        try {
            return ring.stream()
                    .filter(a -> a.id().equals(id) && a.tenant().equals(tenant))
                    .findFirst();
        } finally {
            lock.unlock();
        }
    }
}
