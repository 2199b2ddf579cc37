package io.muster.store.lane;

import io.muster.store.database.Database;
import io.muster.store.database.Fault;
import io.muster.store.lane.CommitUnknown.Witness;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The writer's own connection and its claim on a lane; used by the writer's thread alone.
final class Session {

    private static final String ALL_LANES = "SELECT lane FROM lane ORDER BY lane FOR UPDATE";

    private final Database database;
    private @Nullable Connection connection;
    private @Nullable Claim claim;

    Session(Database database) {
        this.database = database;
    }

    /// The claim in force; made when there is none.
    Claim claim() throws SQLException {
        Claim held = claim;
        if (held == null) {
            held = Claim.take(connection());
            claim = held;
        }
        return held;
    }

    /// The claim in force, if there is one.
    Optional<Claim> held() {
        return Optional.ofNullable(claim);
    }

    /// Writes the candidates in one transaction, steps 2 to 8. Losers are marked; who is alive at the end is durable.
    void write(List<Candidate> candidates) throws SQLException, Fenced, CommitUnknown {
        Claim mine = claim();
        Connection open = connection();
        long batch = mine.fence(open);
        List<Candidate> survivors = survivors(open, candidates);
        if (survivors.isEmpty()) {
            open.rollback();
            return;
        }
        Head head = Rows.write(open, mine.lane(), mine.head(), survivors);
        commit(mine.after(batch, head), survivors.getFirst().work().witness());
    }

    /// Does with one candidate all that [#write] does, and undoes it. The lane stays where it is.
    void rehearse(Candidate candidate) throws SQLException, Fenced {
        Claim mine = claim();
        Connection open = connection();
        mine.fence(open);
        List<Candidate> survivors = survivors(open, List.of(candidate));
        if (!survivors.isEmpty()) {
            Rows.write(open, mine.lane(), mine.head(), survivors);
        }
        open.rollback();
    }

    /// Steps 3 to 7.
    private static List<Candidate> survivors(Connection open, List<Candidate> candidates) throws SQLException {
        RestsCheck.run(open, candidates);
        Claims.run(open, candidates);
        DeviceLocks.run(open, candidates);
        TokenBurns.run(open, candidates);
        Adoptions.run(open, candidates);
        Claims.giveBack(open, candidates);
        return candidates.stream().filter(Candidate::alive).toList();
    }

    /// Does all that [#change] does, and undoes it. The lane stays where it is.
    <T> T rehearse(RosterChange<T> change) throws SQLException, Fenced {
        Claim mine = claim();
        Connection open = connection();
        Claim.lockRoster(open);
        stopAllLanes(open);
        mine.fence(open);
        T result = change.write(open, new Journal(open, mine.lane(), mine.head()));
        open.rollback();
        return result;
    }

    /// Runs an operator's change while all lanes stand still.
    <T> T change(RosterChange<T> change) throws SQLException, Fenced, CommitUnknown {
        Claim mine = claim();
        Connection open = connection();
        Claim.lockRoster(open);
        stopAllLanes(open);
        long batch = mine.fence(open);
        Journal journal = new Journal(open, mine.lane(), mine.head());
        T result = change.write(open, journal);
        writeHead(open, mine.lane(), journal.head());
        commit(
                mine.after(batch, journal.head()),
                Witnesses.entry(mine.lane(), journal.head().seq(), journal.lastLeaf()));
        return result;
    }

    /// Tells after a lost answer whether the transaction was committed, and goes on from there. Waits for the ghost
    /// of the lost connection to let go of the lane's row. Where another node took the lane meanwhile, its counter
    /// says nothing, and the transaction's own rows are looked for.
    boolean committed(CommitUnknown unknown) throws SQLException {
        discard();
        Connection fresh = connection();
        Claim intended = unknown.intended();
        Claim found = intended.read(fresh);
        boolean mine = found.incarnation() == intended.incarnation();
        boolean committed =
                mine ? found.batch() == intended.batch() : unknown.witness().present(fresh);
        fresh.rollback();
        claim = mine ? found : null;
        return committed;
    }

    /// Says that the lane is alive.
    void sign() throws SQLException {
        if (!claim().sign(connection())) {
            forget();
        }
    }

    /// Undoes what was begun; the connection stays if it can still do that.
    void rollback() {
        Connection open = connection;
        if (open == null) {
            return;
        }
        try {
            open.rollback();
        } catch (SQLException e) {
            discard();
        }
    }

    /// Lets go of the claim: the next use makes another.
    void forget() {
        claim = null;
    }

    /// Closes the connection: the next use opens another.
    void discard() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                return;
            }
        }
    }

    void release() throws SQLException {
        Claim held = claim;
        if (held != null) {
            held.release(connection());
        }
        discard();
    }

    Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null || open.isClosed()) {
            open = database.dedicated();
            connection = open;
        }
        return open;
    }

    /// Step 8's end. A warning counts as no answer: a wait for a synchronous standby that was cancelled says so.
    private void commit(Claim intended, Witness witness) throws SQLException, CommitUnknown {
        Connection open = connection();
        open.clearWarnings();
        try {
            open.commit();
        } catch (SQLException e) {
            if (Fault.leavesCommitUnknown(e)) {
                throw new CommitUnknown(intended, witness, e);
            }
            throw e;
        }
        SQLWarning warning = open.getWarnings();
        if (warning != null) {
            throw new CommitUnknown(intended, witness, warning);
        }
        claim = intended;
    }

    private static void stopAllLanes(Connection open) throws SQLException {
        try (PreparedStatement select = open.prepareStatement(ALL_LANES);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                rows.getInt(1);
            }
        }
    }

    private static void writeHead(Connection open, int lane, Head head) throws SQLException {
        try (PreparedStatement update =
                open.prepareStatement("UPDATE lane SET head_seq = ?, head_hash = ? WHERE lane = ?")) {
            update.setLong(1, head.seq());
            update.setBytes(2, head.hash().raw());
            update.setInt(3, lane);
            update.executeUpdate();
        }
    }
}
