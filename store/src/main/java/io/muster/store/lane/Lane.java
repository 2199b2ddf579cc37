package io.muster.store.lane;

import io.muster.core.access.Warrant;
import io.muster.core.ledger.LedgerUnavailable;
import io.muster.store.database.Database;
import io.muster.store.database.Fault;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's ordered writer. Any number of threads hand work in and wait; one thread writes.
public final class Lane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int MOST_WAITING = 20_000;
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<Job> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Session session;
    private final Writer writer;
    private final Gatherer gatherer = new Gatherer(queue);
    private final Signal written = new Signal();
    private final int number;
    private final Thread thread;
    private volatile boolean open = true;
    private volatile Claim claim;

    private Lane(Session session, Claim claim, LaneWatch watch) {
        this.number = claim.lane();
        this.claim = claim;
        this.session = session;
        this.writer = new Writer(session, watch);
        this.thread = Thread.ofPlatform().name("muster-lane").daemon().unstarted(this::loop);
    }

    /// Claims a lane and starts its writer.
    public static Lane open(Database database, LaneWatch watch) {
        Session session = new Session(database);
        try {
            Lane lane = new Lane(session, session.claim(), watch);
            lane.thread.start();
            return lane;
        } catch (SQLException e) {
            session.discard();
            throw Database.unavailable(e);
        }
    }

    /// The number of the lane that was claimed at the start.
    public int number() {
        return number;
    }

    /// How the lane stands now.
    public LaneStanding standing() {
        Claim held = claim;
        return new LaneStanding(held.lane(), held.head().seq(), queue.size());
    }

    /// Raised after each transaction.
    public Signal written() {
        return written;
    }

    /// Writes one act; returns when it is durable or lost.
    ///
    /// @throws LedgerUnavailable when the database cannot write, or there is too much to write
    public Outcome write(Work work) {
        Job.Answer<Outcome> answer = new Job.Answer<>();
        hand(new Job.Write(work, answer));
        return answer.await(PATIENCE_SECONDS);
    }

    /// The same for an operator's act, on whose word it may be a dry run: then everything happens but the commit.
    ///
    /// @throws LedgerUnavailable as [#write(Work)] does
    public Outcome write(Work work, Warrant warrant) {
        if (!warrant.dryRun()) {
            return write(work);
        }
        Job.Answer<Outcome> answer = new Job.Answer<>();
        hand(new Job.Rehearsal(work, answer));
        return answer.await(PATIENCE_SECONDS);
    }

    /// Runs an operator's change while every lane stands still; returns when it is durable. In a dry run everything
    /// happens but the commit.
    ///
    /// @throws LedgerUnavailable as [#write(Work)] does
    public <T> T change(RosterChange<T> change, Warrant warrant) {
        Job.Answer<T> answer = new Job.Answer<>();
        hand(new Job.Change<>(change, warrant.dryRun(), answer));
        return answer.await(PATIENCE_SECONDS);
    }

    /// Finishes what was handed in, and lets the lane go.
    @Override
    public void close() {
        open = false;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hand(Job job) {
        if (!open || !queue.offer(job)) {
            throw new LedgerUnavailable(
                    open ? MOST_WAITING + " acts are waiting to be written already." : "The ledger is closing.",
                    new IllegalStateException("queue"));
        }
    }

    private void loop() {
        while (open || !queue.isEmpty() || gatherer.holds()) {
            write(batch());
            written.raise();
            session.held().ifPresent(held -> claim = held);
        }
        release();
    }

    /// An interruption is how [#close()] ends the wait.
    private List<Job> batch() {
        try {
            return gatherer.next();
        } catch (InterruptedException e) {
            return List.of();
        }
    }

    private void write(List<Job> batch) {
        List<Job.Write> writes = new ArrayList<>(batch.size());
        try {
            for (Job job : batch) {
                if (job.answer().takeUp()) {
                    switch (job) {
                        case Job.Write write -> writes.add(write);
                        case Job.Rehearsal rehearsal -> writer.rehearse(rehearsal);
                        case Job.Change<?> change -> writer.change(change);
                    }
                }
            }
            if (!writes.isEmpty()) {
                writer.write(writes);
            } else if (batch.isEmpty()) {
                session.sign();
            }
        } catch (SQLException e) {
            LOG.warn("No sign of life could be written for the lane: {}", Fault.words(e));
            session.discard();
        } catch (RuntimeException e) {
            LOG.error("A batch failed", e);
            session.discard();
            batch.forEach(job -> job.answer().fail(new IllegalStateException("The act could not be written.", e)));
        }
    }

    private void release() {
        try {
            session.release();
        } catch (SQLException e) {
            LOG.info(
                    "The lane could not be released: it will be taken over in {} s.",
                    Claim.ABANDONED_AFTER_MILLIS / 1000);
        }
    }
}
