package io.muster.store.lane;

import io.muster.core.ledger.LedgerUnavailable;
import io.muster.store.database.Database;
import io.muster.store.database.Fault;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Step 9: what to do with a batch whatever the database answers. No act fails for what another one did.
final class Writer {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int MOST_TRIES = 6;
    private static final long PAUSE_NANOS = 150_000_000;

    /// How a transaction ended.
    private sealed interface End<T> {

        record Committed<T>(T result) implements End<T> {}

        record OutOfService<T>(LedgerUnavailable error) implements End<T> {}

        record Poisoned<T>(SQLException error) implements End<T> {}
    }

    /// One transaction, from the lane's fence to COMMIT.
    @FunctionalInterface
    private interface Transaction<T> {
        T run() throws SQLException, Fenced, CommitUnknown;
    }

    private final Session session;
    private final LaneWatch watch;

    Writer(Session session, LaneWatch watch) {
        this.session = session;
        this.watch = watch;
    }

    /// Writes a batch and answers every caller. One of its acts may be what the database refuses: halves are written
    /// in transactions of their own until it is found.
    void write(List<Job.Write> batch) {
        Attempt attempt = new Attempt(batch);
        long start = System.nanoTime();
        switch (run(attempt::write, attempt::candidates)) {
            case End.Committed<List<Candidate>> committed -> {
                watch.wrote(report(committed.result(), System.nanoTime() - start));
                answer(batch, committed.result());
            }
            case End.OutOfService<List<Candidate>> out ->
                batch.forEach(job -> job.answer().fail(out.error()));
            case End.Poisoned<List<Candidate>> poisoned
            when batch.size() == 1 -> batch.getFirst().answer().fail(poisoned(poisoned.error()));
            case End.Poisoned<List<Candidate>> ignored -> {
                int middle = batch.size() / 2;
                write(batch.subList(0, middle));
                write(batch.subList(middle, batch.size()));
            }
        }
    }

    /// Tries an act and answers its caller what would have come of it.
    void rehearse(Job.Rehearsal job) {
        Candidate candidate = new Candidate(job.work());
        Transaction<Outcome> tried = () -> {
            session.rehearse(candidate);
            return candidate.outcome();
        };
        switch (run(tried, candidate::outcome)) {
            case End.Committed<Outcome> ended -> job.answer().give(ended.result());
            case End.OutOfService<Outcome> out -> job.answer().fail(out.error());
            case End.Poisoned<Outcome> poisoned -> job.answer().fail(poisoned(poisoned.error()));
        }
    }

    /// Runs an operator's change and answers its caller.
    <T> void change(Job.Change<T> job) {
        Changing<T> changing = new Changing<>(job.change(), job.rehearsal());
        switch (run(changing::write, changing::result)) {
            case End.Committed<T> committed -> job.answer().give(committed.result());
            case End.OutOfService<T> out -> job.answer().fail(out.error());
            case End.Poisoned<T> poisoned -> job.answer().fail(poisoned(poisoned.error()));
        }
    }

    /// What the acts of a batch came to in the last transaction that was tried.
    private final class Attempt {

        private final List<Job.Write> batch;
        private List<Candidate> candidates = List.of();

        Attempt(List<Job.Write> batch) {
            this.batch = batch;
        }

        List<Candidate> write() throws SQLException, Fenced, CommitUnknown {
            candidates = batch.stream().map(job -> new Candidate(job.work())).toList();
            session.write(candidates);
            return candidates;
        }

        List<Candidate> candidates() {
            return candidates;
        }
    }

    /// What a change returned in the last transaction that was tried.
    private final class Changing<T> {

        private final RosterChange<T> change;
        private final boolean rehearsal;
        private List<T> results = List.of();

        Changing(RosterChange<T> change, boolean rehearsal) {
            this.change = change;
            this.rehearsal = rehearsal;
        }

        T write() throws SQLException, Fenced, CommitUnknown {
            RosterChange<T> remembered = (connection, journal) -> {
                T result = change.write(connection, journal);
                results = List.of(result);
                return result;
            };
            return rehearsal ? session.rehearse(remembered) : session.change(remembered);
        }

        T result() {
            return results.getFirst();
        }
    }

    /// @param last the result of a transaction that turned out to be committed after its answer was lost
    private <T> End<T> run(Transaction<T> transaction, Supplier<T> last) {
        for (int tries = 1; ; tries++) {
            try {
                return new End.Committed<>(transaction.run());
            } catch (CommitUnknown e) {
                LOG.warn("The answer to a COMMIT was lost; asking the database what became of it");
                try {
                    if (resolve(e)) {
                        return new End.Committed<>(last.get());
                    }
                } catch (SQLException unresolved) {
                    session.discard();
                    return new End.OutOfService<>(Database.unavailable(unresolved));
                }
            } catch (Fenced e) {
                LOG.warn("{}; claiming another", e.getMessage());
                session.rollback();
                session.forget();
            } catch (SQLException e) {
                session.rollback();
                Fault fault = Fault.of(e);
                if (fault == Fault.POISON) {
                    return new End.Poisoned<>(e);
                }
                if (fault == Fault.UNAVAILABLE) {
                    session.discard();
                }
                if (tries >= (fault == Fault.AGAIN ? MOST_TRIES : 2)) {
                    LOG.warn("Nothing written: {}", Fault.words(e));
                    return new End.OutOfService<>(Database.unavailable(e));
                }
                LockSupport.parkNanos(fault == Fault.AGAIN ? 0 : PAUSE_NANOS);
            }
            if (tries > MOST_TRIES) {
                return new End.OutOfService<>(new LedgerUnavailable(
                        "The lane was taken over again and again.", new IllegalStateException("fenced")));
            }
        }
    }

    /// Asks until the database answers: restarts and fail-overs take seconds, and the callers wait for the truth.
    private boolean resolve(CommitUnknown unknown) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                return session.committed(unknown);
            } catch (SQLException e) {
                if (tries == 60) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static LaneWatch.Batch report(List<Candidate> candidates, long nanos) {
        long conflicts = candidates.stream()
                .filter(candidate -> switch (candidate.outcome()) {
                    case Outcome.Written() -> false;
                    case Outcome.Spent() -> false;
                    case Outcome.Stale ignored -> true;
                    case Outcome.Moved ignored -> true;
                    case Outcome.Held ignored -> true;
                })
                .count();
        return new LaneWatch.Batch(candidates.size(), (int) conflicts, nanos);
    }

    private static void answer(List<Job.Write> batch, List<Candidate> candidates) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().give(candidates.get(i).outcome());
        }
    }

    private static RuntimeException poisoned(SQLException error) {
        LOG.error("The database refuses what was to be written: {}", Fault.words(error));
        return new IllegalStateException("The database refuses it: " + Fault.words(error) + ".", error);
    }
}
