package io.muster.server.telemetry;

import io.muster.core.flow.Course;
import io.muster.core.roster.Enrollment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The labels of a try: a bounded number of them, whatever strangers and operators do.
final class Labels {

    /// So many pairs of tenant and enrollment are told apart; those that come later share one label.
    static final int MOST = 1_000;

    /// Individual enrollments have one label: there may be a million of them, and each names a device.
    static final String INDIVIDUAL = "(individual)";

    static final String OTHER = "(other)";
    private static final String NONE = "";

    /// @param tenant empty where the caller was not recognized
    /// @param enrollment empty where none was proved
    record Whose(String tenant, String enrollment) {}

    private static final Whose NOBODY = new Whose(NONE, NONE);
    private static final Whose OTHERS = new Whose(OTHER, OTHER);

    private final Set<Whose> known = ConcurrentHashMap.newKeySet();

    Whose of(Course course) {
        if (course.enrollment().isPresent()) {
            return bounded(whose(course.enrollment().get()));
        }
        return course.tenant()
                .map(tenant -> bounded(new Whose(tenant.value(), NONE)))
                .orElse(NOBODY);
    }

    private static Whose whose(Enrollment enrollment) {
        return new Whose(
                enrollment.tenant().value(),
                enrollment.individual().isPresent()
                        ? INDIVIDUAL
                        : enrollment.name().value());
    }

    /// A little more than the most may slip in when many come at once.
    private Whose bounded(Whose whose) {
        if (known.contains(whose)) {
            return whose;
        }
        if (known.size() >= MOST) {
            return OTHERS;
        }
        known.add(whose);
        return whose;
    }
}
