package io.muster.core.door;

import io.muster.core.device.Name;
import java.util.Optional;

/// The one port that a door calls. Every method blocks until its answer is durable; call it on a virtual thread. It
/// may be called by any number of threads. A fault (a bug, never a device's doing) is thrown, and a door answers it
/// as its own "internal error" with nothing of the fault in it.
public interface Reception {

    /// Enrolls a device, or finds it enrolled: the same evidence leads to the same device, always.
    Outcome enroll(EnrollmentRequest request);

    /// What became of a deferred try. The device proves itself again: another device's operation does not exist for
    /// it.
    Outcome status(EnrollmentRequest request, OperationId operation);

    /// Where the device stands, without any effect on it. The device proves itself as it does to enroll.
    Outcome lookUp(EnrollmentRequest request);

    /// Who a device is that wants to stay: as [#lookUp], but one in quarantine that proves itself is told apart by its
    /// state, and not refused.
    Outcome identify(EnrollmentRequest request);

    /// Whether a caller that stays on a connection proves to be whom it says; nothing is decided, and nothing of it is
    /// kept. Empty where it does: it may still be refused when it asks for something.
    Optional<Outcome.Refused> greet(EnrollmentRequest request);

    /// What anybody may learn of an endpoint before showing anything: whom to trust, and what to ask for.
    ///
    /// @param scope      the tenant that is named
    /// @param enrollment the enrollment that is named
    Offer offer(Optional<String> scope, Optional<Name> enrollment);

    /// Refuses what a door could not even parse, so that it is counted and can be looked up like any other refusal.
    Outcome.Refused turnAway(String door, Refusal refusal, String source);
}
