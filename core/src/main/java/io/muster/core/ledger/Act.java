package io.muster.core.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.Serial;
import io.muster.core.door.Change;
import io.muster.core.door.OperationId;
import io.muster.core.door.Problem;
import io.muster.core.roster.Recognition.Recognized;
import io.muster.core.roster.TokenId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What shall be recorded in one transaction.
public sealed interface Act {

    /// The try that it belongs to; always written.
    Attempt attempt();

    /// The roster's edition that it rests on, and the names to check against it.
    Recognized recognized();

    /// The device is new or changes: device, bindings, audit entry and attempt.
    ///
    /// @param id random; finds the act again when the answer to its commit was lost
    /// @param change never [Change#UNCHANGED]
    /// @param device the device as it shall be; its version is the expected present one plus 1
    /// @param superseded identity keys that no longer prove it
    /// @param certification the certificate that comes with it, and those that end with it
    /// @param consumes  what it stands on and uses up
    /// @param completes the operation that ends with this act
    record Enrolls(
            UUID id,
            Change change,
            Device device,
            List<IdentityKey> superseded,
            Certification certification,
            Optional<Consumed> consumes,
            Optional<OperationId> completes,
            Recognized recognized,
            Attempt attempt)
            implements Act {}

    /// The device came again and nothing changes: the attempt alone, and the check that all it rests on still holds.
    ///
    /// @param device the device as it was read; another version meanwhile is a conflict
    /// @param consumes  what it stands on and has used up
    /// @param completes the operation that ends with this act
    record Confirms(
            Device device,
            Optional<Consumed> consumes,
            Optional<OperationId> completes,
            Recognized recognized,
            Attempt attempt)
            implements Act {}

    /// What an act stands on that is good for so many devices and no more. Its key is the device's identity key.
    sealed interface Consumed {

        /// A one-time token.
        record Token(TokenId id) implements Consumed {}

        /// A certificate that a claim created: it becomes the device's.
        record Created(Serial serial) implements Consumed {}
    }

    /// A device that proved itself is refused: the attempt alone.
    ///
    /// @param problem why, in words: what the operation that ends with it will tell
    /// @param completes the operation that ends with this act
    record Denies(Problem problem, Optional<OperationId> completes, Recognized recognized, Attempt attempt)
            implements Act {}
}
