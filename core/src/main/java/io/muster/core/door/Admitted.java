package io.muster.core.door;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.permission.Rights;

/// Who is at the other end of a connection.
public sealed interface Admitted {

    /// Somebody who holds a claim: a receipt, which only admission gives.
    ///
    /// @param enrollment  for which the claim was uploaded
    /// @param fingerprint of its certificate
    record Claimant(Name tenant, Name enrollment, ClaimId claim, String fingerprint) implements Admitted {}

    /// A device.
    ///
    /// @param rights what it may do on this connection
    record Known(Device device, Rights rights) implements Admitted {}

    /// @param attempt the number to quote
    record Refused(AttemptId attempt, Refusal refusal) implements Admitted {}
}
