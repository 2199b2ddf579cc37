package io.muster.core.flow;

import io.muster.core.device.Name;
import io.muster.core.flow.RelayObserver.Circuit;
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
/// then moves the place. It holds one window at a time: a sink that is down costs nothing but its lag. One that failed
/// several times in a row is tried with a small window, until it takes one.
public final class Relay {

    /// Entries in a window, about.
    static final int WINDOW = 500;

    /// Entries in the window of a trial, about: enough to tell an event that is refused from a sink that refuses all.
    static final int TRIAL = 50;

    /// Entries of other nodes are seen within this time; those of this node at once.
    static final Duration IDLE = Duration.ofMillis(200);

    /// A turn that nothing is passed in is renewed as often.
    private static final Duration RENEWAL = Duration.ofSeconds(3);

    /// However long a sink asks to be left alone: it must not be able to silence itself.
    private static final Duration LONGEST_RESPITE = Duration.ofMinutes(15);

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
                return;
            }
            if (!fed(turn.get()) && !ended()) {
                outbox.await(beat, IDLE);
            }
        } catch (SinkUnavailable e) {
            report("Sink " + name + " takes no events now; it is tried again: " + e.getMessage());
            failed(e.after());
        } catch (LedgerUnavailable e) {
            report("Sink " + name + " waits for the ledger: " + e.getMessage());
            stepAside(patience.next());
        } catch (RuntimeException e) {
            log.log(System.Logger.Level.ERROR, "Feeding sink " + name + " failed; it is tried again.", e);
            failed(Duration.ZERO);
        }
    }

    /// False when there was nothing to tell.
    private boolean fed(Turn mine) {
        boolean trial = patience.hasRunOut();
        Optional<Window> next = outbox.read(mine, trial ? TRIAL : WINDOW);
        if (next.isEmpty()) {
            turn = Optional.empty();
            return true;
        }
        Window window = next.get();
        if (window.isEmpty()) {
            renew(mine);
            recovered();
            return false;
        }
        if (trial) {
            observer.turned(name, Circuit.HALF_OPEN);
        }
        List<DeadLetter> dead = deliver(mine, window);
        keep(outbox.passed(mine, window, dead));
        observer.delivered(name, window.told().size() + window.dead().size() - dead.size());
        recovered();
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

    private List<DeadLetter> deliver(Turn mine, Window window) {
        try (TurnKeeper _ = TurnKeeper.keep(outbox, mine, RENEWAL)) {
            return deliver(window);
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

    /// @param respite how long the sink asks to be left alone
    private void failed(Duration respite) {
        observer.failed(name);
        Duration wait = patience.next();
        if (patience.hasRunOut()) {
            observer.turned(name, Circuit.OPEN);
        }
        Duration asked = respite.compareTo(LONGEST_RESPITE) < 0 ? respite : LONGEST_RESPITE;
        stepAside(wait.compareTo(asked) < 0 ? asked : wait);
    }

    /// Another node may reach what this one cannot.
    private void stepAside(Duration wait) {
        try {
            giveBack();
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.DEBUG, "The turn of sink {0} ends by itself.", name);
        }
        pause(wait);
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
        observer.turned(name, Circuit.CLOSED);
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
