package io.muster.core.attestation;

import io.muster.core.device.Bytes;
import io.muster.core.device.Name;
import io.muster.core.device.Secret;
import java.util.Optional;

/// What lets a challenge be answered on another connection and another node while nothing is kept of it: state that
/// travels sealed with the device, and keys that every node of the installation can make again. Called by any number of
/// threads; never throws on hostile input.
public interface Continuations {

    /// Seals state. Only this installation can open it, and only for the same tenant and context.
    ///
    /// @param context what the state belongs to, such as the name and keys of the device; at most 4 KB
    Bytes seal(Name tenant, Bytes context, Bytes state);

    /// Opens what was sealed; empty when it was not sealed here for this tenant and context, or was changed.
    Optional<Bytes> open(Name tenant, Bytes context, Bytes continuation);

    /// 32 bytes that nobody else can make, the same at every node for the same tenant and context.
    Secret derive(Name tenant, Bytes context);
}
