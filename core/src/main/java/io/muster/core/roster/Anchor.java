package io.muster.core.roster;

import io.muster.core.device.Bytes;
import java.time.Instant;

/// A certificate that an operator registered: an authority to trust, or a device's own to pin.
///
/// @param certificate DER, checked when it was registered
/// @param subject     subject in words (RFC 4514)
/// @param fingerprint SHA-256 over the DER, lower-case hexadecimal
/// @param notAfter    end of its validity
public record Anchor(Bytes certificate, String subject, String fingerprint, Instant notAfter) {}
