package io.muster.desk.imports;

import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Import.Finding;
import java.util.ArrayList;
import java.util.List;

/// A part of a file, examined.
final class Batch {

    /// An item that is good by itself.
    record Good(long line, Enrollment enrollment) {}

    private final List<Good> individuals = new ArrayList<>();
    private final List<Good> groups = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private int items;
    private int bad;
    private int upTo;

    /// @param before how many items of the file are before it
    Batch(int before) {
        this.upTo = before;
    }

    /// Looks at one more item.
    void add(LineForm.Read read, long line, boolean item, int seen) {
        findings.addAll(read.findings());
        upTo = seen;
        if (item) {
            items++;
            bad += read.enrollment().isEmpty() ? 1 : 0;
        }
        read.enrollment()
                .map(enrollment -> new Good(line, enrollment))
                .ifPresent(good -> (good.enrollment().individual().isPresent() ? individuals : groups).add(good));
    }

    List<Good> individuals() {
        return individuals;
    }

    List<Good> groups() {
        return groups;
    }

    List<Finding> findings() {
        return findings;
    }

    int items() {
        return items;
    }

    int bad() {
        return bad;
    }

    /// How many items of the file there are up to its end.
    int upTo() {
        return upTo;
    }
}
