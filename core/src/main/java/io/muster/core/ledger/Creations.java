package io.muster.core.ledger;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The certificates that claims created. Throws [LedgerUnavailable] as the ledger does.
public interface Creations {

    /// A new serial number for a certificate whose device has no name yet.
    Serial serial(Name tenant);

    /// Stores a certificate before it leaves, and takes it from the budget of its claim: both or neither. What is
    /// returned is durable.
    ///
    /// @param network where it goes to, as far as one site goes; empty where that cannot be told
    Kept keep(Creation creation, Optional<Bytes> network);

    /// A created certificate by its serial number. It may be older than the answer when it is used: the commit of the
    /// device's registration checks again.
    Optional<Creation> find(Name tenant, Serial serial);

    /// Revokes what waited longer than its hour, a bounded number at a time. Returns how many.
    int revokeForgotten(Instant now);

    /// What came of storing.
    sealed interface Kept {

        record Done() implements Kept {}

        /// The claim was revoked meanwhile, or its enrollment was disabled.
        record Ended() implements Kept {}

        record Spent(long creates, Duration window) implements Kept {}

        record TooFast(int perSecond) implements Kept {}
    }
}
