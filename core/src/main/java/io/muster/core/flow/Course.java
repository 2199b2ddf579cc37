package io.muster.core.flow;

import io.muster.core.device.Name;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Outcome;
import io.muster.core.door.Problem;
import io.muster.core.roster.Enrollment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// The course that one try takes: which steps it goes through, when, and how it ends. It says nothing of the device.
/// Used by the try's thread alone until its [Observer] has it.
public final class Course {

    private static final int USUAL_STEPS = 6;

    private final Purpose purpose;
    private final String door;
    private final Instant began;
    private final long beganNanos = System.nanoTime();
    private final List<Passage> passages = new ArrayList<>(USUAL_STEPS);
    private Optional<Name> tenant = Optional.empty();
    private Optional<Enrollment> enrollment = Optional.empty();
    private Optional<AttemptId> attempt = Optional.empty();
    private String code = FAULT;
    private long endNanos;

    /// The code of a try that a fault of ours ended.
    public static final String FAULT = "fault";

    /// What the caller wants.
    public enum Purpose {
        ENROLL,
        STATUS,
        LOOK_UP,
        /// Nothing that could be understood: a door turned it away.
        UNREADABLE,
        /// Nobody waits: a deferred try is carried out.
        DEFERRED
    }

    /// The steps of a try, in order; after a conflict they come again.
    public enum Step {
        RECOGNIZE,
        ATTEST,
        LOOK,
        DECIDE,
        /// An operator's hook is asked; nobody waits for it but this try.
        CONSULT,
        CERTIFY,
        RECORD
    }

    /// One step, from when to when by the JVM's own clock ([System#nanoTime()]).
    public record Passage(Step step, long startNanos, long endNanos) {}

    /// @param began by the node's clock
    Course(Purpose purpose, String door, Instant began) {
        this.purpose = purpose;
        this.door = door;
        this.began = began;
    }

    /// Takes a step, and its time.
    <T> T during(Step step, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            passages.add(new Passage(step, start, System.nanoTime()));
        }
    }

    void recognized(Name by) {
        tenant = Optional.of(by);
    }

    void proved(Enrollment by) {
        tenant = Optional.of(by.tenant());
        enrollment = Optional.of(by);
    }

    void numbered(AttemptId number) {
        attempt = Optional.of(number);
    }

    void ends(String withCode) {
        code = withCode;
    }

    void ends(Outcome outcome) {
        attempt = Optional.of(outcome.attempt());
        code = switch (outcome) {
            case Outcome.Enrolled it -> it.change().name().toLowerCase(Locale.ROOT);
            case Outcome.Challenged ignored -> "challenged";
            case Outcome.Deferred ignored -> "deferred";
            case Outcome.Refused it -> Problem.of(it.refusal()).code();
        };
    }

    /// Nothing comes after this.
    Course close() {
        endNanos = System.nanoTime();
        return this;
    }

    public Purpose purpose() {
        return purpose;
    }

    /// The protocol it came by.
    public String door() {
        return door;
    }

    public Instant began() {
        return began;
    }

    public long beganNanos() {
        return beganNanos;
    }

    public long endNanos() {
        return endNanos;
    }

    public List<Passage> passages() {
        return List.copyOf(passages);
    }

    /// The tenant, once the caller was recognized.
    public Optional<Name> tenant() {
        return tenant;
    }

    /// The enrollment that was proved; empty for a stranger.
    public Optional<Enrollment> enrollment() {
        return enrollment;
    }

    /// The number, once it has one.
    public Optional<AttemptId> attempt() {
        return attempt;
    }

    /// How it ended: the change in lower case, `challenged`, `deferred`, a refusal's code, or [#FAULT].
    public String code() {
        return code;
    }
}
