package io.muster.core.testkit;

import io.muster.core.door.AttemptId;
import io.muster.core.flow.Course;
import io.muster.core.flow.Observer;
import java.util.ArrayList;
import java.util.List;

/// Keeps what it hears.
public final class Watching implements Observer {

    public final List<AttemptId> numbers = new ArrayList<>();
    public final List<Course> courses = new ArrayList<>();

    @Override
    public synchronized void numbered(AttemptId attempt) {
        numbers.add(attempt);
    }

    @Override
    public synchronized void ended(Course course) {
        courses.add(course);
    }
}
