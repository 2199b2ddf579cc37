package io.muster.server.telemetry;

import io.muster.core.door.AttemptId;
import io.muster.core.flow.Course;
import io.muster.core.flow.Observer;
import org.slf4j.MDC;

/// Lets whatever is logged during a try carry its number.
final class LogNumbers implements Observer {

    private static final String ATTEMPT = "attempt";

    @Override
    public void numbered(AttemptId attempt) {
        MDC.put(ATTEMPT, attempt.toString());
    }

    @Override
    public void ended(Course course) {
        MDC.remove(ATTEMPT);
    }
}
