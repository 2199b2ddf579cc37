package io.muster.desk.imports;

import io.muster.core.roster.Import;
import io.muster.core.roster.Import.Finding;
import io.muster.core.roster.Import.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What has been counted and found so far on one way through a file.
final class Course {

    private static final int SAME_NOTES = 10;

    private Tally tally;
    private final List<Finding> findings;
    private final Map<String, Integer> notes = new HashMap<>();

    Course(Tally tally, List<Finding> findings) {
        this.tally = tally;
        this.findings = new ArrayList<>(findings);
    }

    Tally tally() {
        return tally;
    }

    /// In the order of the lines.
    List<Finding> findings() {
        return findings.stream().sorted(Comparator.comparingLong(Finding::line)).toList();
    }

    /// What was counted is kept now.
    void reach(Tally kept, List<Finding> keptFindings) {
        tally = kept;
        findings.clear();
        findings.addAll(keptFindings);
    }

    Course copy() {
        Course copy = new Course(tally, findings);
        copy.notes.putAll(notes);
        return copy;
    }

    /// Counts what was found in a part of the file.
    void take(Batch batch) {
        found(batch.findings());
        for (int i = 0; i < batch.bad(); i++) {
            bad();
        }
    }

    void found(List<Finding> more) {
        for (Finding finding : more) {
            boolean told = finding.bad() || told(finding.what());
            if (told && findings.size() < Import.MAX_FINDINGS) {
                findings.add(finding);
            }
            if (!finding.bad()) {
                tally = tally(tally.checked(), tally.applied(), tally.added(), tally.same(), tally.bad(), 1);
            }
        }
    }

    /// The same note is told a few times only: what is bad must not be pushed out by it.
    private boolean told(String what) {
        return notes.merge(what, 1, Integer::sum) <= SAME_NOTES;
    }

    void checked(int items) {
        tally = tally(tally.checked() + items, tally.applied(), tally.added(), tally.same(), tally.bad(), 0);
    }

    void applied(int items) {
        tally = tally(tally.checked(), items, tally.added(), tally.same(), tally.bad(), 0);
    }

    void bad() {
        tally = tally(tally.checked(), tally.applied(), tally.added(), tally.same(), tally.bad() + 1, 0);
    }

    void added() {
        tally = tally(tally.checked(), tally.applied(), tally.added() + 1, tally.same(), tally.bad(), 0);
    }

    void same() {
        tally = tally(tally.checked(), tally.applied(), tally.added(), tally.same() + 1, tally.bad(), 0);
    }

    private Tally tally(int checked, int applied, int added, int same, int bad, int notes) {
        return new Tally(tally.bytes(), tally.items(), checked, applied, added, same, bad, tally.notes() + notes);
    }
}
