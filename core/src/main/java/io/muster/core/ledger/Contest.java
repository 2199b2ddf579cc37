package io.muster.core.ledger;

import io.muster.core.device.Device;
import io.muster.core.device.IdentityKey;
import io.muster.core.device.RegistrationId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// That a device's identity key was proved in two places.
///
/// @param id     random; finds the event again when the answer to its commit was lost
/// @param device whose key it is, as it was read
/// @param key    the key that was proved
/// @param here   where it was proved now
/// @param before where the device was accepted last; empty where that is too long ago to tell anything
/// @param told   a try to be kept under the device's own name, where the try itself was made under another
/// @param at     when it was noticed
public record Contest(
        UUID id,
        Device device,
        IdentityKey key,
        Place here,
        Optional<Place> before,
        Optional<Attempt> told,
        Instant at) {

    /// Where a key was proved.
    ///
    /// @param name   under which registration id
    /// @param source from which address
    /// @param door   by which protocol
    public record Place(RegistrationId name, String source, String door, Instant at) {}
}
