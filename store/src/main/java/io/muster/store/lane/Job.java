package io.muster.store.lane;

import io.muster.core.ledger.LedgerUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// What waits in a lane, and the caller that waits for it.
sealed interface Job {

    Answer<?> answer();

    /// One act.
    record Write(Work work, Answer<Outcome> answer) implements Job {}

    /// One act, alone in a transaction that is undone.
    record Rehearsal(Work work, Answer<Outcome> answer) implements Job {}

    /// An operator's change, alone in its transaction.
    ///
    /// @param rehearsal the transaction is undone
    record Change<T>(RosterChange<T> change, boolean rehearsal, Answer<T> answer) implements Job {}

    /// Handed from the writer's thread to the caller's.
    final class Answer<T> {

        private final CompletableFuture<T> future = new CompletableFuture<>();
        private final AtomicBoolean claimed = new AtomicBoolean();

        /// The writer takes the job up; false when its caller gave up before.
        boolean takeUp() {
            return claimed.compareAndSet(false, true);
        }

        void give(T value) {
            future.complete(value);
        }

        void fail(RuntimeException error) {
            future.completeExceptionally(error);
        }

        /// Waits for the answer.
        ///
        /// @throws LedgerUnavailable when none came in time
        T await(long seconds) {
            try {
                return future.get(seconds, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw switch (e.getCause()) {
                    case LedgerUnavailable unavailable -> new LedgerUnavailable(words(unavailable), unavailable);
                    case null -> new IllegalStateException(e);
                    case Throwable fault -> new IllegalStateException("The act could not be written.", fault);
                };
            } catch (TimeoutException e) {
                String when = claimed.compareAndSet(false, true) ? "Its turn did not come" : "It was not confirmed";
                throw new LedgerUnavailable(when + " within " + seconds + " s.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LedgerUnavailable("The wait for the ledger was interrupted.", e);
            }
        }

        private static String words(LedgerUnavailable unavailable) {
            String message = unavailable.getMessage();
            return message == null ? "The ledger cannot be used now." : message;
        }
    }
}
