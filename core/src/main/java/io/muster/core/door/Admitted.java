package io.muster.core.door;

import io.muster.core.device.Device;
import io.muster.core.device.Name;
import io.muster.core.permission.Rights;

/// Who is at the other end of a connection.
public sealed interface Admitted {

    /// Somebody who may stay.
    sealed interface Inside extends Admitted {}

    /// Somebody who holds a claim: a receipt, which only admission gives.
    ///
    /// @param enrollment  for which the claim was uploaded
    /// @param fingerprint of its certificate
    /// @param connections how many of them may be open at once, on one node
    record Claimant(Name tenant, Name enrollment, ClaimId claim, String fingerprint, int connections)
            implements Inside {}

    /// A device.
    ///
    /// @param proof  what it was let in by: judged again, it says whether the device may stay
    /// @param rights what it may do on this connection
    record Known(Device device, EnrollmentRequest proof, Rights rights) implements Inside {
        /// The enrollment that let it in.
        public Name enrollment() {
            return proof.enrollment().orElse(device.origin().enrollment());
        }
    }

    /// @param attempt the number to quote
    record Refused(AttemptId attempt, Refusal refusal) implements Admitted {}
}
