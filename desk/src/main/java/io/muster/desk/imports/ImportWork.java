package io.muster.desk.imports;

import io.muster.core.ledger.LedgerUnavailable;
import io.muster.core.roster.Import;
import io.muster.core.roster.Import.State;
import io.muster.core.roster.Imports;
import io.muster.core.roster.Imports.Leased;
import io.muster.core.roster.Registrar;
import io.muster.desk.roster.EnrollmentForm;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The job behind imports: takes one up, checks its whole file, then stores what it holds. Wherever it is cut off,
/// whoever takes it up next goes on.
public final class ImportWork {

    /// How long an import stays with a node that gives no sign of life.
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(ImportWork.class);

    private static final Duration BETWEEN_TIDYING = Duration.ofMinutes(1);

    private final AtomicLong tidied = new AtomicLong(System.nanoTime());
    private final Imports imports;
    private final Registrar registrar;
    private final LineForm form;
    private final Duration lease;

    public ImportWork(Imports imports, Registrar registrar, EnrollmentForm form) {
        this(imports, registrar, form, LEASE);
    }

    /// @param lease how long an import stays with a node that gives no sign of life
    public ImportWork(Imports imports, Registrar registrar, EnrollmentForm form, Duration lease) {
        this.imports = imports;
        this.registrar = registrar;
        this.form = new LineForm(form);
        this.lease = lease;
    }

    /// Carries on with one import for as long as it lasts, or as asked.
    ///
    /// @param goesOn is asked from time to time
    /// @return whether there was one
    public boolean once(BooleanSupplier goesOn) {
        Optional<Leased> leased = imports.lease(lease);
        leased.ifPresent(it -> carryOn(it, goesOn));
        if (leased.isEmpty()) {
            tidy();
        }
        return leased.isPresent();
    }

    /// Once in a while, when there is nothing else to do.
    private void tidy() {
        long now = System.nanoTime();
        long last = tidied.get();
        if (now - last > BETWEEN_TIDYING.toNanos() && tidied.compareAndSet(last, now)) {
            imports.tidy();
        }
    }

    private void carryOn(Leased leased, BooleanSupplier goesOn) {
        try {
            new ImportRun(imports, registrar, form, leased, lease).run(goesOn);
        } catch (LedgerUnavailable e) {
            LOG.warn("Import {} waits for the database: {}", leased.work().id(), e.getMessage());
        } catch (RuntimeException e) {
            String reference =
                    HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
            LOG.error("Import {} failed; reference {}", leased.work().id(), reference, e);
            fail(leased, "The server failed; its log has the cause under " + reference + ".");
        }
    }

    private void fail(Leased leased, String why) {
        Import work = leased.work();
        imports.keep(leased, work.now(State.FAILED, work.tally(), work.findings(), Optional.of(why)), lease);
    }
}
