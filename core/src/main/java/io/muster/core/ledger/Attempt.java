package io.muster.core.ledger;

import io.muster.core.device.Device.Origin;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.door.Check;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One try, with the trace of its decision.
///
/// @param origin the enrollment version that decided; empty where none was proved
/// @param code the change in lower case (`initial`, `unchanged` …), `deferred`, or the refusal's code
/// @param trace the checks, in order
/// @param door the protocol it came by
/// @param source the address it came from
/// @param ground what it was decided on; empty where nothing was decided, or by a version that kept no ground
public record Attempt(
        AttemptId id,
        Name tenant,
        RegistrationId registrationId,
        Instant at,
        Optional<Origin> origin,
        Result result,
        String code,
        List<Check> trace,
        String door,
        String source,
        Optional<Ground> ground) {

    /// One that was not decided.
    public Attempt(
            AttemptId id,
            Name tenant,
            RegistrationId registrationId,
            Instant at,
            Optional<Origin> origin,
            Result result,
            String code,
            List<Check> trace,
            String door,
            String source) {
        this(id, tenant, registrationId, at, origin, result, code, trace, door, source, Optional.empty());
    }

    public Attempt {
        trace = List.copyOf(trace);
    }

    /// How it ended.
    public enum Result {
        ACCEPTED,
        DEFERRED,
        REFUSED
    }
}
