package io.muster.outlets.webhook;

import io.muster.core.device.DeviceId;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.Sink.Poison;
import io.muster.core.ledger.SinkUnavailable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/// One window on its way: the events of a device one after the other, those of several devices at once. It ends at the
/// first answer that says that the receiver takes nothing now.
final class Delivery {

    private record Doubt(Event event, int status, Deque<Event> rest) {}

    private final Function<Event, Verdict> post;
    private final int parallel;
    private final Set<String> taken;
    private final AtomicReference<Optional<Event>> witness;

    private final Queue<Doubt> doubts = new ConcurrentLinkedQueue<>();
    private final Queue<Poison> poison = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Optional<Verdict.Later>> obstacle = new AtomicReference<>(Optional.empty());

    /// @param taken   ids that the receiver has of this window; those that it takes are added
    /// @param witness an event that the receiver took, if it ever took one; the newest from now on
    Delivery(Function<Event, Verdict> post, int parallel, Set<String> taken, AtomicReference<Optional<Event>> witness) {
        this.post = post;
        this.parallel = parallel;
        this.taken = taken;
        this.witness = witness;
    }

    List<Poison> of(List<Event> events) {
        Collection<Deque<Event>> waiting = byDevice(events);
        waiting.stream().findFirst().ifPresent(this::tryFirst);
        while (!waiting.isEmpty()) {
            atOnce(waiting);
            waiting = settled();
        }
        return List.copyOf(poison);
    }

    private Collection<Deque<Event>> byDevice(List<Event> events) {
        Map<DeviceId, Deque<Event>> devices = new LinkedHashMap<>();
        for (Event event : events) {
            if (!taken.contains(event.id())) {
                devices.computeIfAbsent(event.device(), device -> new ArrayDeque<>())
                        .add(event);
            }
        }
        return devices.values();
    }

    /// One alone: a receiver that is down is not asked by many at once.
    private void tryFirst(Deque<Event> ofDevice) {
        if (!passes(ofDevice)) {
            ofDevice.clear();
        }
        proceed();
    }

    private void atOnce(Collection<Deque<Event>> devices) {
        Queue<Deque<Event>> waiting = new ConcurrentLinkedQueue<>(devices);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < Math.min(parallel, devices.size()); i++) {
                ends.add(threads.submit(() -> work(waiting)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SinkUnavailable("The server stops.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("posting an event failed", e);
        }
        proceed();
    }

    private void work(Queue<Deque<Event>> waiting) {
        Optional<Deque<Event>> next = Optional.ofNullable(waiting.poll());
        while (next.isPresent()) {
            Deque<Event> ofDevice = next.get();
            boolean goesOn = true;
            while (goesOn && !ofDevice.isEmpty() && obstacle.get().isEmpty()) {
                goesOn = passes(ofDevice);
            }
            next = obstacle.get().isEmpty() ? Optional.ofNullable(waiting.poll()) : Optional.empty();
        }
    }

    /// Posts the next event of a device. False when those after it have to wait.
    private boolean passes(Deque<Event> ofDevice) {
        Event event = ofDevice.remove();
        return switch (post.apply(event)) {
            case Verdict.Taken _ -> {
                taken.add(event.id());
                witness.set(Optional.of(event));
                yield true;
            }
            case Verdict.Refused refused -> poison.add(new Poison(event, refused.reason()));
            case Verdict.Doubted doubted -> {
                doubts.add(new Doubt(event, doubted.status(), new ArrayDeque<>(ofDevice)));
                yield false;
            }
            case Verdict.Later later -> {
                obstacle.compareAndSet(Optional.empty(), Optional.of(later));
                yield false;
            }
        };
    }

    private void proceed() {
        obstacle.get().ifPresent(later -> {
            throw new SinkUnavailable(later.message(), later.after());
        });
    }

    /// Whoever takes an event that it took before, and refuses another, refuses that one for what it is. What waited
    /// behind it goes on.
    private List<Deque<Event>> settled() {
        List<Doubt> open = List.copyOf(doubts);
        doubts.clear();
        if (open.isEmpty()) {
            return List.of();
        }
        if (witness.get().map(post).filter(Verdict.Taken.class::isInstance).isEmpty()) {
            throw new SinkUnavailable(
                    "The receiver answers " + open.getFirst().status()
                            + ", and to nothing else otherwise. Check the secret and the URL.",
                    Duration.ZERO);
        }
        open.forEach(doubt -> poison.add(
                new Poison(doubt.event(), "the receiver answers " + doubt.status() + " to it, and takes others")));
        return open.stream().map(Doubt::rest).filter(rest -> !rest.isEmpty()).toList();
    }
}
