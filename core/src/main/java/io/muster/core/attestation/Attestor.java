package io.muster.core.attestation;

import io.muster.core.device.Bytes;
import io.muster.core.device.IdentityKey;
import io.muster.core.door.Challenge;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.door.Refusal;
import io.muster.core.roster.Enrollment;
import java.time.Instant;
import java.util.List;

/// Checks one kind of evidence against one kind of proof.
///
/// An implementer bounds its work before it verifies any signature, never throws on hostile input, compares secrets
/// in constant time, writes nothing secret into a check, and may be called by any number of threads.
public interface Attestor {

    /// Examines the request's evidence for one enrollment. The enrollment may be disabled: that is policy's affair.
    Finding examine(Enrollment candidate, EnrollmentRequest request, Instant now);

    /// What an attestor found.
    sealed interface Finding {

        /// The enrollment wants another kind of proof, or the request carries no evidence of this attestor's kind.
        record NotMine() implements Finding {}

        /// The device is who it says.
        ///
        /// @param shown  on what the proof stands
        /// @param basis  on what of the enrollment it stands
        /// @param hardware what it brings besides
        /// @param checks what was checked, in order
        record Proved(IdentityKey key, Standing shown, Basis basis, Hardware hardware, List<Check> checks)
                implements Finding {

            /// Proved by what the device shows, whatever else the enrollment has registered.
            public Proved(IdentityKey key, Standing shown, Hardware hardware, List<Check> checks) {
                this(key, shown, new Basis.Itself(), hardware, checks);
            }

            /// Proved by the identity key, on something that the enrollment has registered.
            public Proved(IdentityKey key, Basis basis, List<Check> checks) {
                this(key, new Standing.ByIdentity(), basis, Hardware.NONE, checks);
            }

            /// Proved without hardware.
            public Proved(IdentityKey key, Standing shown, List<Check> checks) {
                this(key, shown, Hardware.NONE, checks);
            }

            /// Proved by the identity key itself.
            public Proved(IdentityKey key, List<Check> checks) {
                this(key, new Standing.ByIdentity(), checks);
            }
        }

        /// It may be: the device must answer a challenge.
        ///
        /// @param continuation sealed; brings everything back that the attestor needs to judge the answer
        /// @param checks       what was checked, in order
        record Challenged(Challenge challenge, Bytes continuation, Instant expiresAt, List<Check> checks)
                implements Finding {}

        /// It is not, or it cannot be told.
        ///
        /// @param progress how far the evidence came, 0 to 100: of several that refuse, the
        ///     one that came furthest explains best
        /// @param checks what was checked, in order, the failed one last
        record Disproved(Refusal refusal, int progress, List<Check> checks) implements Finding {}
    }
}
