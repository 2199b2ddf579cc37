package io.muster.core.flow;

import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.ledger.Outbox;
import io.muster.core.ledger.Outbox.Turn;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps a turn while a slow sink takes its time over a window: otherwise another node would begin with the same
/// window, and neither would ever pass it.
final class TurnKeeper implements AutoCloseable {

    private static final System.Logger log = System.getLogger(TurnKeeper.class.getName());

    private final CountDownLatch done = new CountDownLatch(1);

    private TurnKeeper() {}

    static TurnKeeper keep(Outbox outbox, Turn turn, Duration every) {
        TurnKeeper keeper = new TurnKeeper();
        Thread.ofVirtual().name("turn-" + turn.sink()).start(() -> keeper.run(outbox, turn, every));
        return keeper;
    }

    private void run(Outbox outbox, Turn turn, Duration every) {
        try {
            boolean goesOn = true;
            while (goesOn && !done.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                goesOn = held(outbox, turn);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A ledger that is away for a moment is asked again: the lease is longer than some rounds.
    private static boolean held(Outbox outbox, Turn turn) {
        try {
            return outbox.hold(turn);
        } catch (LedgerUnavailable e) {
            log.log(System.Logger.Level.DEBUG, "The turn of sink {0} was not renewed.", turn.sink());
            return true;
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
