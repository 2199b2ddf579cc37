package io.muster.desk.imports;

import io.muster.core.roster.Import;
import io.muster.core.roster.Import.Finding;
import io.muster.core.roster.Import.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What has been counted and found so far on one way through a file.
final class Course {

    private Tally tally;
    private final List<Finding> findings;

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
        return new Course(tally, findings);
    }

    void found(List<Finding> more) {
        for (Finding finding : more) {
            if (findings.size() < Import.MAX_FINDINGS) {
                findings.add(finding);
            }
            if (!finding.bad()) {
                tally = tally(tally.checked(), tally.applied(), tally.added(), tally.same(), tally.bad(), 1);
            }
        }
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
