package io.muster.core.flow;

import io.muster.core.device.Name;
import io.muster.core.ledger.Event;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Outbox;
import io.muster.core.ledger.Outbox.DeadLetter;
import io.muster.core.ledger.Outbox.Told;
import io.muster.core.ledger.Outbox.Turn;
import io.muster.core.ledger.Outbox.Window;
import io.muster.core.ledger.Sink;
import io.muster.core.ledger.Sink.Poison;
import io.muster.core.ledger.SinkUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// Feeds one sink: reads what the ledger holds after the place where the sink stands, gives it to the sink, and only
/// then moves the place. It holds one window at a time: a sink that is down costs nothing but its lag.
public final class Relay {

    /// Entries in a window, about.
    static final int WINDOW = 500;

    /// Entries of other nodes are seen within this time; those of this node at once.
    static final Duration IDLE = Duration.ofMillis(200);

    /// A turn that nothing is passed in is renewed as often.
    private static final Duration RENEWAL = Duration.ofSeconds(3);

    private static final Duration ELSEWHERE = Duration.ofSeconds(1);
    private static final System.Logger log = System.getLogger(Relay.class.getName());

    private final Outbox outbox;
    private final Name name;
    private final Sink sink;
    private final RelayObserver observer;
    private final Patience patience;
    private final CountDownLatch closing = new CountDownLatch(1);

    private Optional<Turn> turn = Optional.empty();
    private long renewedAt;
    private boolean failing;

    /// @param chance by which waits after failures differ
    public Relay(Outbox outbox, Name name, Sink sink, RelayObserver observer, RandomGenerator chance) {
        this.outbox = outbox;
        this.name = name;
        this.sink = sink;
        this.observer = observer;
        this.patience = new Patience(chance);
    }

    /// Goes on until [#end], whatever fails.
    public void run() {
        while (!ended()) {
            round();
        }
        try {
            giveBack();
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.DEBUG, "The turn of sink {0} ends by itself.", name);
        }
    }

    /// Lets the round under way end, and begins no other.
    public void end() {
        closing.countDown();
        outbox.wake();
    }

    private boolean ended() {
        return closing.getCount() == 0;
    }

    private void round() {
        try {
            long beat = outbox.beat();
            if (turn.isEmpty()) {
                turn = outbox.take(name);
                renewedAt = System.nanoTime();
            }
            if (turn.isEmpty()) {
                pause(ELSEWHERE);
            } else if (!fed(turn.get()) && !ended()) {
                outbox.await(beat, IDLE);
            }
            recovered();
        } catch (SinkUnavailable e) {
            observer.failed(name);
            report("Sink " + name + " takes no events now; it is tried again: " + e.getMessage());
            stepAside();
        } catch (LedgerUnavailable e) {
            report("Sink " + name + " waits for the ledger: " + e.getMessage());
            stepAside();
        } catch (RuntimeException e) {
            observer.failed(name);
            log.log(System.Logger.Level.ERROR, "Feeding sink " + name + " failed; it is tried again.", e);
            stepAside();
        }
    }

    /// False when there was nothing to tell.
    private boolean fed(Turn mine) {
        Optional<Window> next = outbox.read(mine, WINDOW);
        if (next.isEmpty()) {
            turn = Optional.empty();
            return true;
        }
        Window window = next.get();
        if (window.isEmpty()) {
            renew(mine);
            return false;
        }
        List<DeadLetter> dead = deliver(window);
        keep(outbox.passed(mine, window, dead));
        observer.delivered(name, window.told().size() + window.dead().size() - dead.size());
        return true;
    }

    private void renew(Turn mine) {
        if (System.nanoTime() - renewedAt > RENEWAL.toNanos()) {
            keep(outbox.hold(mine));
        }
    }

    private void keep(boolean goesOn) {
        renewedAt = System.nanoTime();
        if (!goesOn) {
            turn = Optional.empty();
        }
    }

    private List<DeadLetter> deliver(Window window) {
        List<DeadLetter> dead = new ArrayList<>(window.dead());
        if (!window.told().isEmpty()) {
            Map<String, Told> places = new HashMap<>();
            window.told().forEach(told -> places.put(told.event().id(), told));
            List<Event> events = window.told().stream().map(Told::event).toList();
            for (Poison poison : sink.deliver(events)) {
                Told refused = places.get(poison.event().id());
                if (refused == null) {
                    throw new IllegalStateException("Sink " + name + " refuses an event that it was not given");
                }
                dead.add(new DeadLetter(refused.place(), poison.reason()));
            }
        }
        dead.forEach(letter -> log.log(
                System.Logger.Level.WARNING,
                "Sink {0} cannot take entry {1}: {2}. It is a dead letter now.",
                name,
                letter.place(),
                letter.reason()));
        return dead;
    }

    /// Another node may reach what this one cannot.
    private void stepAside() {
        try {
            giveBack();
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.DEBUG, "The turn of sink {0} ends by itself.", name);
        }
        pause(patience.next());
    }

    private void giveBack() {
        Optional<Turn> mine = turn;
        turn = Optional.empty();
        mine.ifPresent(outbox::giveBack);
    }

    private void report(String what) {
        log.log(failing ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING, what);
        failing = true;
    }

    private void recovered() {
        patience.restore();
        if (failing) {
            failing = false;
            log.log(System.Logger.Level.INFO, "Sink {0} is fed again.", name);
        }
    }

    private void pause(Duration length) {
        try {
            var _ = closing.await(length.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            end();
        }
    }
}
