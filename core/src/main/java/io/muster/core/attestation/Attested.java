package io.muster.core.attestation;

import io.muster.core.device.IdentityKey;
import io.muster.core.door.Check;
import io.muster.core.door.EnrollmentRequest;
import io.muster.core.roster.Enrollment;
import io.muster.core.roster.Recognition.Recognized;
import java.util.List;

/// The receipt of attestation: this device, by this enrollment, with this identity key.
///
/// @param key the identity key; for a device that shows a certificate issued here, the one that proved it when that
///     was issued
/// @param shown how it was proved
/// @param basis on what of the enrollment the proof stands
/// @param hardware what a proof by hardware brought
/// @param checks what was checked so far, in order
public record Attested(
        Recognized recognized,
        Enrollment enrollment,
        IdentityKey key,
        Standing shown,
        Basis basis,
        Hardware hardware,
        List<Check> checks) {

    /// Proved by what the device showed alone.
    public Attested(
            Recognized recognized,
            Enrollment enrollment,
            IdentityKey key,
            Standing shown,
            Hardware hardware,
            List<Check> checks) {
        this(recognized, enrollment, key, shown, new Basis.Itself(), hardware, checks);
    }

    /// Proved without hardware.
    public Attested(Recognized recognized, Enrollment enrollment, IdentityKey key, Standing shown, List<Check> checks) {
        this(recognized, enrollment, key, shown, Hardware.NONE, checks);
    }

    public Attested {
        checks = List.copyOf(checks);
    }

    public EnrollmentRequest request() {
        return recognized.request();
    }
}
