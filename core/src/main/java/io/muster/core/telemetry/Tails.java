package io.muster.core.telemetry;

import io.muster.core.device.Name;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Who watches messages as they come. Nobody waits for a watcher: one that is slow misses messages, and is told how
/// many. A watcher that asks no more is forgotten after a minute.
public final class Tails {

    /// Watchers at once; each costs every message a look.
    public static final int MOST = 32;

    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    private final CopyOnWriteArrayList<Tail> open = new CopyOnWriteArrayList<>();
    private final LongSupplier nanos;

    public Tails() {
        this(System::nanoTime);
    }

    /// @param nanos a clock that only moves on
    Tails(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// Begins to watch; empty when too many do.
    ///
    /// @param whose  who may ask it
    /// @param tenant whose messages it sees
    /// @param wanted which of their senders
    public synchronized Optional<Tail> open(String whose, Name tenant, Predicate<Sender> wanted) {
        forget();
        if (open.size() >= MOST) {
            return Optional.empty();
        }
        Tail tail = new Tail(
                UUID.randomUUID(),
                whose,
                tenant,
                sender -> sender.tenant().equals(tenant) && wanted.test(sender),
                nanos);
        open.add(tail);
        return Optional.of(tail);
    }

    /// One that was begun by the same, on the same tenant.
    public Optional<Tail> find(UUID id, String whose, Name tenant) {
        return open.stream()
                .filter(it -> it.id().equals(id) && it.isOf(whose, tenant))
                .findFirst();
    }

    void tell(Outgoing message) {
        if (open.isEmpty()) {
            return;
        }
        forget();
        open.forEach(tail -> tail.tell(message));
    }

    private void forget() {
        open.removeIf(tail -> tail.silentFor(LONGEST_SILENCE));
    }
}
