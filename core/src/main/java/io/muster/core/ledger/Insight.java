package io.muster.core.ledger;

import io.muster.core.device.IdentityKey;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.policy.Snapshot;
import java.time.Instant;
import java.util.Optional;

/// What the ledger knows, read-only: all that a decision asks of it.
public interface Insight {

    /// What is known of a name, an identity key and a key to be certified, read together.
    Snapshot look(Name tenant, RegistrationId name, IdentityKey key, Optional<IdentityKey> requested, Instant now);

    /// Whether this node's clock may be relied on at this moment. Answers from memory.
    Snapshot.Clock clock(Instant now);
}
