package io.muster.desk.testkit;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import io.muster.core.ledger.Audit.Place;
import io.muster.core.ledger.Sinks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One sink, `events`, that took all but two entries.
public final class MemorySinks implements Sinks {

    private static final Name EVENTS = new Name("events");

    private final List<String> notes = new ArrayList<>();
    private boolean paused;
    private Optional<Optional<Instant>> replayed = Optional.empty();

    /// Since when it was told again, where it was.
    public synchronized Optional<Optional<Instant>> replayed() {
        return replayed;
    }

    @Override
    public synchronized List<Standing> list() {
        return List.of(new Standing(EVENTS, "file", paused, 7, Duration.ofMillis(1500), 2));
    }

    @Override
    public Optional<Standing> find(Name sink) {
        return list().stream().filter(it -> it.sink().equals(sink)).findFirst();
    }

    @Override
    public synchronized Optional<Standing> pause(Name sink, Warrant warrant) {
        paused |= !warrant.dryRun() && sink.equals(EVENTS);
        return find(sink);
    }

    @Override
    public synchronized Optional<Standing> resume(Name sink, Warrant warrant) {
        paused &= warrant.dryRun() || !sink.equals(EVENTS);
        return find(sink);
    }

    @Override
    public synchronized Optional<Standing> replay(Name sink, Optional<Instant> since, Warrant warrant) {
        if (!warrant.dryRun()) {
            replayed = Optional.of(since);
        }
        return find(sink);
    }

    /// What was noted of it.
    public synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public synchronized Optional<Standing> reconciled(Name sink, String detail, Warrant warrant) {
        if (!warrant.dryRun()) {
            notes.add(detail);
        }
        return find(sink);
    }

    @Override
    public Page deadLetters(Name sink, Optional<String> cursor, int limit) {
        return new Page(
                List.of(
                        new Refused(new Place(1, 4), Samples.NOW, "it is too large"),
                        new Refused(new Place(2, 9), Samples.NOW, "it is too large")),
                Optional.empty());
    }
}
