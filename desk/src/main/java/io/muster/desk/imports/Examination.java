package io.muster.desk.imports;

import io.muster.core.device.Name;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Import;
import io.muster.core.roster.Import.Finding;
import io.muster.desk.imports.LineForm.Read;
import io.muster.desk.imports.reading.Item;
import io.muster.desk.imports.reading.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at the items of one file from its beginning: each by itself, and beside those before it.
final class Examination {

    /// Most enrollments of one file.
    static final int MOST_ITEMS = 500_000;

    private final LineForm form;
    private final Import work;
    private final Seen ids = new Seen();
    private final Seen names = new Seen();
    private int items;

    Examination(LineForm form, Import work) {
        this.form = form;
        this.work = work;
    }

    /// How many enrollments there were so far.
    int items() {
        return items;
    }

    Read examine(Item item) {
        if (item.body().isEmpty() && item.findings().stream().noneMatch(Finding::bad)) {
            return new Read(Optional.empty(), item.findings());
        }
        items++;
        if (items > MOST_ITEMS) {
            throw new Unreadable(
                    item.line(),
                    "The file holds more than " + MOST_ITEMS + " enrollments.",
                    "Split it, and import one part after the other.");
        }
        Read read = form.read(work.tenant(), item);
        Optional<Finding> objection = read.enrollment().flatMap(enrollment -> objection(item.line(), enrollment));
        if (objection.isEmpty()) {
            return read;
        }
        List<Finding> findings = new ArrayList<>(read.findings());
        findings.add(objection.get());
        return new Read(Optional.empty(), findings);
    }

    private Optional<Finding> objection(long line, Enrollment enrollment) {
        if (enrollment.individual().isEmpty() && !work.order().groups()) {
            return Optional.of(new Finding(
                    true,
                    line,
                    "/kind",
                    "It is a group, and whoever sent the file may add individuals only.",
                    "Have somebody import it whose key has the role operator, or leave groups out."));
        }
        Name name = enrollment.name();
        return enrollment
                .individual()
                .map(id -> ids.before(id.canonical(), line))
                .filter(before -> before != 0)
                .map(before -> twice(line, "/registrationId", "registration id", before))
                .or(() -> Optional.of(names.before(name.value(), line))
                        .filter(before -> before != 0)
                        .map(before -> twice(line, "/name", "name", before)));
    }

    private static Finding twice(long line, String field, String what, long before) {
        return new Finding(
                true,
                line,
                field,
                "The " + what + " stands on line " + before + " already.",
                "Leave one of the two lines, or give each its own.");
    }
}
