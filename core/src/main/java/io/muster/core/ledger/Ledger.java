package io.muster.core.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.device.RegistrationId;
import io.muster.core.device.Serial;
import io.muster.core.door.AttemptId;
import java.time.Instant;

/// What happened, written once.
///
/// An implementer commits an act as a whole or not at all, returns only when it is durable, resolves a lost answer to
/// a commit by itself, and lets one poisoned act fail alone. Called by any number of threads, which wait. Where its
/// store cannot be reached or cannot write, it throws [LedgerUnavailable] in bounded time.
public interface Ledger extends Insight {

    /// Records an act.
    Recorded record(Act act);

    /// A new number for a try, which leads back to it.
    AttemptId attemptId(Name tenant, RegistrationId name, Instant at);

    /// A new serial number for a certificate of this name.
    Serial serial(Name tenant, RegistrationId name);

    /// What came of an act.
    sealed interface Recorded {

        /// It is durable.
        record Committed(Device device) implements Recorded {}

        /// Nothing was written: what the act rests on is no longer so. Decide again on a fresh snapshot.
        ///
        /// @param rosterStale whether the roster must be refreshed first
        record Conflict(String what, boolean rosterStale) implements Recorded {}

        /// A denial's attempt is durable.
        record Noted() implements Recorded {}

        /// The outward id that the act would bind is another device's.
        record DeviceIdTaken() implements Recorded {}

        /// Nothing was written: what the act stands on has no use left for this key.
        record Spent() implements Recorded {}
    }
}
