package io.muster.core.ledger;

import io.muster.core.device.DeviceId;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.ClaimId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What moves under those who stay, whatever node moved it. Each question is one look for all of them together. Throws
/// [LedgerUnavailable] as the ledger does.
public interface Movements {

    /// Where everything stands now.
    Mark now();

    /// What moved since then. Whatever was committed before this is called is in this answer, or in the next ones
    /// where there is more.
    Moved since(Mark mark);

    /// Those of which the ledger knows another version, or nothing.
    Set<DeviceId> changed(List<Seen> devices);

    /// Those whom their enrollment, or their tenant, lets in no more; an individual enrollment counts before a group.
    ///
    /// @param edition the roster is not older than that
    Set<Guest> shut(long edition, Set<Guest> guests);

    /// The claims of a tenant that were not revoked, with their ends.
    Map<ClaimId, Instant> standing(Name tenant, Collection<ClaimId> claims);

    /// How far somebody has read.
    ///
    /// @param edition of the roster
    /// @param heads   the newest act of each lane
    record Mark(long edition, Map<Integer, Long> heads) {
        public Mark {
            heads = Map.copyOf(heads);
        }
    }

    /// @param mark    how far this reaches
    /// @param devices those whose state, keys or certificates changed, with their newest version
    /// @param claims  whether one was revoked
    /// @param more    whether there is more to read by now
    record Moved(Mark mark, Map<DeviceId, Long> devices, boolean claims, boolean more) {
        public Moved {
            devices = Map.copyOf(devices);
        }
    }

    /// A device as somebody saw it.
    record Seen(Name tenant, RegistrationId registrationId, DeviceId id, long version) {}

    /// Somebody who was let in.
    ///
    /// @param device empty for who holds a claim
    record Guest(Name tenant, Name enrollment, Optional<RegistrationId> device) {}
}
