package io.muster.core.roster;

import io.muster.core.access.Warrant;
import io.muster.core.device.Name;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Imports: their files, and where each stands. What is returned is durable. A file is kept, sealed, until its import
/// ends. Called by any number of threads. Throws [io.muster.core.ledger.LedgerUnavailable] as the ledger does.
public interface Imports {

    /// The largest part of a file, in bytes.
    int MAX_PART = 256 * 1024;

    /// How many imports of one tenant may be on their way at a time.
    int MAX_OPEN = 16;

    /// Begins one that receives. [Registered.Missing] without such a tenant, [Registered.Full] with too many on their
    /// way.
    Registered<Import> begin(Name tenant, Import.Order order, Warrant warrant);

    /// Keeps the next part of the file.
    ///
    /// @param part  from 0, without a gap
    /// @return false: it receives no more
    boolean receive(Import receiving, int part, byte[] bytes);

    /// The whole file is here: whoever leases it next begins to check it. Empty: it receives no more.
    Optional<Import> received(Import receiving, long bytes, String digest);

    /// The file will not come.
    void abandon(Import receiving, String why);

    /// With its findings.
    Optional<Import> find(Name tenant, ImportId id);

    /// Imports of a tenant, newest first.
    ///
    /// @param after the last one of the page before
    /// @param limit 1 to 1000
    List<Import> list(Name tenant, Optional<ImportId> after, int limit);

    /// Stops one that has not ended; another stays as it is. Empty: there is none.
    Optional<Import> cancel(Name tenant, ImportId id);

    /// Takes up the oldest import that nobody works on, for a time of the database's clock; one that was left in the
    /// middle goes on from where it was kept. Empty: there is nothing to do.
    Optional<Leased> lease(Duration lease);

    /// The file from its beginning.
    InputStream content(Leased leased);

    /// Keeps where it stands and extends the lease; an end ends it, and the file goes. False: it was canceled, or
    /// somebody else has taken it up.
    boolean keep(Leased leased, Import next, Duration lease);

    /// Adds individuals as [Registrar#addIndividuals] does, and keeps where the import stands after it, in one
    /// transaction. Empty as in [#keep]: nothing was added.
    ///
    /// @param next where it stands, by what came of each
    Optional<Import> add(
            Leased leased, List<Enrollment> individuals, Function<List<Addition>, Import> next, Duration lease);

    /// Lets it go, for another to take up at once.
    void release(Leased leased);

    /// Removes what is kept no longer, and ends what will never be received.
    void tidy();

    /// An import in somebody's hands.
    ///
    /// @param turn how often it has been taken up; an earlier holder can do nothing more
    record Leased(Import work, long turn) {}
}
