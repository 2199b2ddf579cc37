package io.muster.store;

import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.flow.Relay;
import io.muster.core.flow.RelayObserver;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/// A sink that remembers what it was told, with the relay that feeds it.
final class Remembering implements Sink, AutoCloseable {

    static final Name NAME = new Name("memory");

    private final List<Event> told = new ArrayList<>();
    private final Predicate<Event> poison;
    private final Relay relay;
    private final Thread thread;

    private Remembering(Store store, Predicate<Event> poison) {
        this.poison = poison;
        this.relay = new Relay(store.outbox(), NAME, this, RelayObserver.NOBODY, new Random(7));
        this.thread = Thread.ofVirtual().unstarted(relay::run);
        store.outbox().introduce(NAME, "memory");
    }

    static Remembering of(Store store) {
        return of(store, event -> false);
    }

    static Remembering of(Store store, Predicate<Event> poison) {
        Remembering sink = new Remembering(store, poison);
        sink.thread.start();
        return sink;
    }

    @Override
    public synchronized List<Poison> deliver(List<Event> events) {
        List<Poison> refused = events.stream()
                .filter(poison)
                .map(event -> new Poison(event, "it is too blue"))
                .toList();
        events.stream().filter(event -> !poison.test(event)).forEach(told::add);
        return refused;
    }

    synchronized List<Event> told() {
        return List.copyOf(told);
    }

    /// What is wrong with the order: each version of a device comes first after the one before it.
    synchronized List<String> disorder() {
        Map<DeviceId, Long> newest = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (Event event : told) {
            long before = newest.getOrDefault(event.device(), 0L);
            if (event.version() > before + 1) {
                wrong.add(event.id() + " came after version " + before);
            }
            newest.put(event.device(), Math.max(before, event.version()));
        }
        return wrong;
    }

    @Override
    public void close() {
        relay.end();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
