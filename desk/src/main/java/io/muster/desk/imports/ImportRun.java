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
import io.muster.desk.imports.LineForm.Read;
import io.muster.desk.imports.reading.Formats;
import io.muster.desk.imports.reading.Item;
import io.muster.desk.imports.reading.Items;
import io.muster.desk.imports.reading.Unreadable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One import in the hands of one worker, from where it was kept to its end.
final class ImportRun {

    private static final Logger LOG = LoggerFactory.getLogger(ImportRun.class);

    /// An item that is good by itself.
    private record Good(long line, Enrollment enrollment) {}

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
        Examination examination = new Examination(form, work);
        Course course = new Course(new Tally(work.tally().bytes(), 0, 0, 0, 0, 0, 0, 0), List.of());
        try {
            Items items = open();
            List<Good> batch = new ArrayList<>();
            int looked = 0;
            for (Optional<Item> item = items.next(); item.isPresent(); item = items.next()) {
                looked++;
                look(examination, item.get(), course).ifPresent(batch::add);
                if (looked == Registrar.MAX_ADDED) {
                    check(batch, course);
                    batch.clear();
                    looked = 0;
                    if (!kept(
                            work.now(State.VALIDATING, course.tally(), course.findings(), Optional.empty()), goesOn)) {
                        return Optional.empty();
                    }
                }
            }
            check(batch, course);
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

    /// Stores what is good. What was gone through before is looked at again, since what follows is judged beside it,
    /// and not counted again.
    private void apply(Import work, BooleanSupplier goesOn) throws IOException {
        Examination examination = new Examination(form, work);
        Course course = new Course(work.tally(), work.findings());
        int done = work.tally().applied();
        Items items = open();
        List<Good> batch = new ArrayList<>();
        int looked = 0;
        for (Optional<Item> item = items.next(); item.isPresent(); item = items.next()) {
            Course counted = examination.items() < done ? course.copy() : course;
            Optional<Good> good = look(examination, item.get(), counted);
            if (examination.items() <= done) {
                continue;
            }
            looked++;
            Optional<Good> individual = good.filter(it -> !group(work, it, course));
            individual.ifPresent(batch::add);
            if (looked == Registrar.MAX_ADDED) {
                course.applied(examination.items());
                if (!stored(work, batch, course) || !rests(goesOn)) {
                    return;
                }
                batch.clear();
                looked = 0;
            }
        }
        course.applied(examination.items());
        if (stored(work, batch, course)) {
            finish(work, course);
        }
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

    private Optional<Good> look(Examination examination, Item item, Course course) {
        int before = examination.items();
        Read read = examination.examine(item);
        course.found(read.findings());
        if (examination.items() > before) {
            course.checked(leased.work().state() == State.VALIDATING ? 1 : 0);
            if (read.enrollment().isEmpty()) {
                course.bad();
            }
        }
        return read.enrollment().map(enrollment -> new Good(item.line(), enrollment));
    }

    /// What would come of a batch.
    private void check(List<Good> batch, Course course) {
        Warrant word = leased.work().warrant();
        Warrant dry = new Warrant(word.actor(), word.address(), word.request(), true);
        List<Good> individuals = new ArrayList<>();
        for (Good good : batch) {
            if (good.enrollment().individual().isPresent()) {
                individuals.add(good);
            } else {
                count(good, groups.check(good.enrollment()), course);
            }
        }
        if (individuals.isEmpty()) {
            return;
        }
        Registered<List<Addition>> answers = registrar.addIndividuals(
                leased.work().tenant(),
                individuals.stream().map(Good::enrollment).toList(),
                dry);
        if (!(answers instanceof Registered.Done<List<Addition>>(List<Addition> additions))) {
            throw new IllegalStateException("the tenant of an import is gone");
        }
        count(individuals, additions, course);
    }

    /// Creates a group; false for an individual.
    private boolean group(Import work, Good good, Course course) {
        boolean group = good.enrollment().individual().isEmpty();
        if (group) {
            count(good, groups.create(good.enrollment(), work.warrant()), course);
        }
        return group;
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
