package io.muster.desk.imports;

import io.muster.core.access.Warrant;
import io.muster.core.roster.Addition;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Import;
import io.muster.core.roster.Import.Finding;
import io.muster.core.roster.Import.State;
import io.muster.core.roster.Import.Tally;
import io.muster.core.roster.Imports;
import io.muster.core.roster.Imports.Leased;
import io.muster.core.roster.Registered;
import io.muster.core.roster.Registrar;
import io.muster.desk.imports.Batch.Good;
import io.muster.desk.imports.reading.Formats;
import io.muster.desk.imports.reading.Items;
import io.muster.desk.imports.reading.Unreadable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One import in the hands of one worker, from where it was kept to its end.
final class ImportRun {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

    private final Imports imports;
    private final Registrar registrar;
    private final LineForm form;
    private final Leased leased;
    private final Duration lease;
    private final GroupIntake groups;

    ImportRun(Imports imports, Registrar registrar, LineForm form, Leased leased, Duration lease) {
        this.imports = imports;
        this.registrar = registrar;
        this.form = form;
        this.leased = leased;
        this.lease = lease;
        this.groups = new GroupIntake(registrar);
    }

    /// Returns when it has ended, is not ours any more, or is to rest.
    void run(BooleanSupplier goesOn) {
        Import work = leased.work();
        try {
            Optional<Import> reached = work.state() == State.VALIDATING ? validate(work, goesOn) : Optional.of(work);
            if (reached.isPresent() && reached.get().state() == State.APPLYING) {
                apply(reached.get(), goesOn);
            }
        } catch (IOException e) {
            LOG.debug("Import {} was ended by somebody: its file is gone", work.id(), e);
        }
    }

    /// Looks at the whole file, and at the roster. Empty: it is not ours any more, or is to rest.
    private Optional<Import> validate(Import work, BooleanSupplier goesOn) throws IOException {
        Course course = new Course(new Tally(work.tally().bytes(), 0, 0, 0, 0, 0, 0, 0), List.of());
        try (Batches batches = Batches.of(this::open, form, work, 0)) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                course.take(next.get());
                course.checked(next.get().items());
                check(next.get(), course);
                if (!kept(work.now(State.VALIDATING, course.tally(), course.findings(), Optional.empty()), goesOn)) {
                    return Optional.empty();
                }
            }
        } catch (Unreadable e) {
            course.found(List.of(e.finding()));
            return end(work, State.REFUSED, course);
        }
        return judge(work, course);
    }

    private Optional<Import> judge(Import work, Course course) {
        Tally tally = course.tally();
        if (tally.checked() == 0) {
            course.found(List.of(new Finding(
                    true,
                    0,
                    "",
                    "The file holds no enrollment.",
                    "Look whether it is the right file, and whether its format is the one that was named.")));
            return end(work, State.REFUSED, course);
        }
        if (tally.bad() > 0 && !work.order().skipBad()) {
            return end(work, State.REFUSED, course);
        }
        if (work.order().dryRun()) {
            return end(work, State.DONE, course);
        }
        Tally begins = new Tally(tally.bytes(), tally.checked(), tally.checked(), 0, 0, 0, 0, 0);
        Import applying = work.now(State.APPLYING, begins, List.of(), Optional.empty());
        return imports.keep(leased, applying, lease) ? Optional.of(applying) : Optional.empty();
    }

    /// Stores what is good, from behind what was gone through before.
    private void apply(Import work, BooleanSupplier goesOn) throws IOException {
        Course course = new Course(work.tally(), work.findings());
        try (Batches batches = Batches.of(this::open, form, work, work.tally().applied())) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                course.take(next.get());
                next.get()
                        .groups()
                        .forEach(group -> count(group, groups.create(group.enrollment(), work.warrant()), course));
                course.applied(next.get().upTo());
                if (!stored(work, next.get().individuals(), course) || !rests(goesOn)) {
                    return;
                }
            }
        }
        finish(work, course);
    }

    private void finish(Import work, Course course) {
        boolean changed = course.tally().bad() > 0 && !work.order().skipBad();
        Optional<String> why = changed
                ? Optional.of("While the file was being stored, somebody else changed what its "
                        + course.tally().bad() + " bad lines collide with; the other lines are stored.")
                : Optional.empty();
        imports.keep(
                leased, work.now(changed ? State.FAILED : State.DONE, course.tally(), course.findings(), why), lease);
    }

    private Items open() throws IOException {
        return Formats.open(leased.work().order().format(), () -> imports.content(leased));
    }

    /// What would come of a batch.
    private void check(Batch batch, Course course) {
        Warrant word = leased.work().warrant();
        Warrant dry = new Warrant(word.actor(), word.address(), word.request(), true);
        batch.groups().forEach(group -> count(group, groups.check(group.enrollment()), course));
        if (batch.individuals().isEmpty()) {
            return;
        }
        Registered<List<Addition>> answers = registrar.addIndividuals(
                leased.work().tenant(),
                batch.individuals().stream().map(Good::enrollment).toList(),
                dry);
        if (!(answers instanceof Registered.Done<List<Addition>>(List<Addition> additions))) {
            throw new IllegalStateException("the tenant of an import is gone");
        }
        count(batch.individuals(), additions, course);
    }

    /// Adds a batch and keeps where the import stands, in one transaction.
    private boolean stored(Import work, List<Good> batch, Course course) {
        List<Enrollment> individuals = batch.stream().map(Good::enrollment).toList();
        Optional<Import> reached = imports.add(
                leased,
                individuals,
                additions -> {
                    Course then = course.copy();
                    count(batch, additions, then);
                    return work.now(State.APPLYING, then.tally(), then.findings(), Optional.empty());
                },
                lease);
        reached.ifPresent(it -> course.reach(it.tally(), it.findings()));
        return reached.isPresent();
    }

    private static void count(List<Good> batch, List<Addition> additions, Course course) {
        for (int i = 0; i < batch.size(); i++) {
            count(batch.get(i), additions.get(i), course);
        }
    }

    private static void count(Good good, Addition addition, Course course) {
        switch (addition) {
            case Addition.Added() -> course.added();
            case Addition.Same() -> course.same();
            case Addition.Taken(String what) -> {
                course.bad();
                course.found(List.of(new Finding(
                        true,
                        good.line(),
                        "",
                        "There is " + what + " already.",
                        "Leave the line out, or change what there is: muster enrollment change --help")));
            }
            case Addition.Missing(String what) -> {
                course.bad();
                course.found(List.of(new Finding(
                        true,
                        good.line(),
                        what.startsWith("hub") ? "/allocation/hubs" : "/certificates/profile",
                        "There is no " + what + ".",
                        "Create it first, or name another.")));
            }
        }
    }

    private Optional<Import> end(Import work, State state, Course course) {
        Tally counted = course.tally();
        Tally tally = new Tally(
                counted.bytes(),
                counted.checked(),
                counted.checked(),
                0,
                counted.added(),
                counted.same(),
                counted.bad(),
                counted.notes());
        imports.keep(leased, work.now(state, tally, course.findings(), Optional.empty()), lease);
        return Optional.empty();
    }

    private boolean kept(Import reached, BooleanSupplier goesOn) {
        return imports.keep(leased, reached, lease) && rests(goesOn);
    }

    /// Lets the import go where this worker is to rest.
    private boolean rests(BooleanSupplier goesOn) {
        if (goesOn.getAsBoolean()) {
            return true;
        }
        imports.release(leased);
        return false;
    }
}
