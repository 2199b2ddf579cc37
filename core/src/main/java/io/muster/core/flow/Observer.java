package io.muster.core.flow;

import io.muster.core.door.AttemptId;

/// Hears how tries go: what metrics, traces and the numbers in the log are made of. It is called on the try's own
/// thread, several times for each: it answers within a microsecond, waits for nothing, and throws nothing.
public interface Observer {

    /// Hears nothing.
    Observer NOBODY = new Observer() {
        @Override
        public void numbered(AttemptId attempt) {}

        @Override
        public void ended(Course course) {}
    };

    /// A try has its number: what its thread does from now on until the try's end belongs to it.
    void numbered(AttemptId attempt);

    /// A try is over, whatever came of it. The course belongs to the caller no more.
    void ended(Course course);
}
