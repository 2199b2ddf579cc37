package io.muster.store.lane;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of work on its way through one batch: alive until a step finds a reason against it.
final class Candidate {

    /// Where the device's last entry stands.
    record Last(int lane, long seq) {
        static final Last NONE = new Last(0, 0);
    }

    private final Work work;
    private final List<BindingRow> taken = new ArrayList<>(3);
    private final List<BindingRow> returning = new ArrayList<>(0);
    private Last last = Last.NONE;
    private boolean burning;
    private boolean adopting;
    private @Nullable Outcome loss;

    Candidate(Work work) {
        this.work = work;
    }

    Work work() {
        return work;
    }

    boolean alive() {
        return loss == null;
    }

    /// The first reason counts.
    void lose(Outcome reason) {
        if (loss == null) {
            loss = reason;
        }
    }

    Outcome outcome() {
        return loss == null ? new Outcome.Written() : loss;
    }

    /// A binding that this batch inserted for it.
    void took(BindingRow row) {
        taken.add(row);
    }

    List<BindingRow> taken() {
        return taken;
    }

    /// A binding that is this device's from before and takes another state with the act.
    void takesBack(BindingRow row) {
        returning.add(row);
    }

    List<BindingRow> changedBindings() {
        List<BindingRow> changed = new ArrayList<>(work.releases());
        changed.addAll(returning);
        return changed;
    }

    /// Its key has not used its token before: the use counts.
    void burnsAfresh() {
        burning = true;
    }

    boolean burning() {
        return burning;
    }

    /// Its certificate was nobody's before.
    void adoptsAfresh() {
        adopting = true;
    }

    boolean adopting() {
        return adopting;
    }

    Last last() {
        return last;
    }

    void follows(Last entry) {
        last = entry;
    }
}
