package io.muster.core.flow;

import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import io.muster.core.flow.Foretold.Decided;
import io.muster.core.ledger.Precedents.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a change of an enrollment would have made of the tries that it decided.
///
/// @param counts  how many there are of each
/// @param codes   the flips by what they were and would be
/// @param hubs    the moves by hub
/// @param reasons why some cannot be told
/// @param listed  flips and moves one by one, up to the limit that was asked for
/// @param next    where to go on; empty when all were looked at
public record Difference(
        Counts counts,
        List<Tallied> codes,
        List<Tallied> hubs,
        List<Reason> reasons,
        List<Changed> listed,
        Optional<Place> next) {

    public Difference {
        codes = List.copyOf(codes);
        hubs = List.copyOf(hubs);
        reasons = List.copyOf(reasons);
        listed = List.copyOf(listed);
    }

    /// @param attempts  all that were decided again
    /// @param same      those that come to the same
    /// @param flips     those accepted that would be refused, or the other way, or refused with another code
    /// @param moves     those that stay accepted and go to another hub
    /// @param otherwise those that stay accepted where they are, and are treated otherwise
    /// @param untold    those of which it cannot be told
    /// @param drifted   those that the present version decides otherwise than it was recorded
    /// @param aside     tries that decided nothing, not among `attempts`
    public record Counts(
            long attempts, long same, long flips, long moves, long otherwise, long untold, long drifted, long aside) {}

    /// @param from by the present version
    /// @param to   by the changed one
    public record Tallied(String from, String to, long count) {}

    public record Reason(String why, long count) {}

    /// A try that would have gone otherwise.
    public record Changed(AttemptId id, RegistrationId registrationId, Instant at, Decided from, Decided to) {}
}
