package io.muster.core.policy;

import io.muster.core.attestation.Attested;
import io.muster.core.device.Device;
import io.muster.core.door.Check;
import io.muster.core.door.Refusal;
import java.util.List;
import java.util.Optional;

/// What policy says, with the whole trace that led there.
public sealed interface Verdict {

    List<Check> trace();

    /// It may.
    ///
    /// @param rekeyed whether it comes with a new identity key
    record Permit(Attested attested, Snapshot snapshot, boolean rekeyed, List<Check> trace) implements Verdict {

        /// The device as it was when this was decided; empty for a new one.
        public Optional<Device> known() {
            return snapshot.byName();
        }
    }

    /// Not now: the request is kept and decided later.
    record Hold(String why, List<Check> trace) implements Verdict {}

    /// It may not.
    record Deny(Refusal refusal, List<Check> trace) implements Verdict {}
}
