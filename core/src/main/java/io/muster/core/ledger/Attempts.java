package io.muster.core.ledger;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.AttemptId;
import java.util.List;
import java.util.Optional;

/// The tries that are kept, for operators.
public interface Attempts {

    /// The tries under a name, newest first, at most `limit`.
    List<Attempt> of(Name tenant, RegistrationId name, int limit);

    /// One try by its number; empty where it is not kept, or is another tenant's.
    Optional<Attempt> find(Name tenant, AttemptId id);
}
