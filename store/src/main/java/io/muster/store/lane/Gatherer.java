package io.muster.store.lane;

import io.muster.store.sealing.Octets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Step 1: what goes into the next transaction. At most one piece of work for each name, key, device, token and
/// operation: the others wait for the next one and find there what this one did.
final class Gatherer {

    private static final int MOST = 1000;

    /// Under load a transaction waits this long for company: a fuller batch costs less for each act than it delays
    /// it.
    private static final long LINGER_NANOS = 8_000_000;

    private static final int BUSY = 2;
    private static final int ENOUGH = 64;
    private static final long IDLE_SECONDS = 10;

    private final BlockingQueue<Job> queue;
    private List<Job> waiting = new ArrayList<>();
    private int lastSize;

    Gatherer(BlockingQueue<Job> queue) {
        this.queue = queue;
    }

    /// The next batch; an operator's change and a rehearsal come alone; empty when nothing came for a while.
    List<Job> next() throws InterruptedException {
        List<Job> drawn = waiting;
        waiting = new ArrayList<>();
        if (drawn.isEmpty()) {
            Job first = queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
            if (first == null) {
                return List.of();
            }
            drawn.add(first);
            linger();
        }
        queue.drainTo(drawn, MOST - Math.min(MOST, drawn.size()));
        List<Job> batch = sort(drawn);
        lastSize = batch.size();
        return batch;
    }

    /// Whether work waits for the next batch.
    boolean holds() {
        return !waiting.isEmpty();
    }

    private void linger() {
        if (lastSize >= BUSY && queue.size() < ENOUGH) {
            LockSupport.parkNanos(LINGER_NANOS);
        }
    }

    private List<Job> sort(List<Job> drawn) {
        if (!(drawn.getFirst() instanceof Job.Write)) {
            waiting.addAll(drawn.subList(1, drawn.size()));
            return List.of(drawn.getFirst());
        }
        List<Job> batch = new ArrayList<>(drawn.size());
        Set<Octets> touched = new HashSet<>();
        for (Job job : drawn) {
            switch (job) {
                case Job.Rehearsal rehearsal -> waiting.add(rehearsal);
                case Job.Change<?> change -> waiting.add(change);
                case Job.Write write -> (free(write, touched) ? batch : waiting).add(write);
            }
        }
        return batch;
    }

    /// Marks what it touches in either case: work on one device keeps its order.
    private static boolean free(Job.Write write, Set<Octets> touched) {
        boolean free = true;
        for (Octets touch : write.work().touches()) {
            free &= touched.add(touch);
        }
        return free;
    }
}
