package io.muster.core.ledger;

import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.door.OperationId;
import io.muster.core.door.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Tries that were deferred, stored durably and sealed. Of one device and key at most one is open in a tenant. Throws
/// [LedgerUnavailable] as the ledger does.
public interface Operations {

    /// Stores an operation with its attempt and returns when it is durable; where one of the same tenant, name and
    /// key is open, that one's number is returned and nothing is stored.
    OperationId defer(Operation operation, Attempt attempt);

    /// The operation of a device; empty where there is none of that number and name in the tenant.
    Optional<Operation> find(Name tenant, RegistrationId name, OperationId id);

    /// Takes up to `limit` waiting operations whose time has come, for `lease` of the database's time: no other
    /// worker sees them meanwhile, and a worker that dies gives them back by that.
    List<Operation> lease(int limit, Duration lease);

    /// Lets a leased operation wait again.
    void postpone(Operation operation, Duration delay);

    /// Ends an operation without an act: it could not be decided.
    void fail(Operation operation, Problem problem);
}
