package io.muster.server.telemetry;

import io.muster.core.door.AttemptId;
import io.muster.core.flow.Course;
import io.muster.core.flow.Observer;
import java.util.List;

/// Several who hear the same.
record Hearers(List<Observer> all) implements Observer {

    Hearers {
        all = List.copyOf(all);
    }

    @Override
    public void numbered(AttemptId attempt) {
        for (Observer one : all) {
            one.numbered(attempt);
        }
    }

    @Override
    public void ended(Course course) {
        for (Observer one : all) {
            one.ended(course);
        }
    }
}
