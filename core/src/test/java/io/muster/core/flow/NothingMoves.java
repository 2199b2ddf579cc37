package io.muster.core.flow;

import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.door.ClaimId;
import io.muster.core.ledger.Movements;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A world in which nothing is taken away.
final class NothingMoves implements Movements {

    @Override
    public Mark now() {
        return new Mark(1, Map.of());
    }

    @Override
    public Moved since(Mark mark) {
        return new Moved(mark, Map.of(), false, false);
    }

    @Override
    public Set<DeviceId> changed(List<Seen> devices) {
        return Set.of();
    }

    @Override
    public Set<Guest> shut(long edition, Set<Guest> guests) {
        return Set.of();
    }

    @Override
    public Map<ClaimId, Instant> standing(Name tenant, Collection<ClaimId> claims) {
        return Map.of();
    }
}
