package io.muster.core.roster;

import io.muster.core.device.Name;
import java.time.Duration;
import java.util.Optional;

/// On what terms the devices of an enrollment get certificates.
///
/// @param profile       the certificate profile; its newest version decides
/// @param renewAfter    how long after its issue a certificate may be renewed; empty: after two thirds of its life,
///     spread over the devices
/// @param grace         how long after its end a certificate may still be renewed, with the same key
/// @param rekey         whether a renewal may bring a new key
/// @param subjectChange whether a renewal may change the subject (RFC 7030 section 4.2.2, ChangeSubjectName)
public record CertificateTerms(
        Name profile, Optional<Duration> renewAfter, Duration grace, boolean rekey, boolean subjectChange) {

    public static final Duration MAX_GRACE = Duration.ofDays(365);

    /// The standard profile; renewal with the same or a new key, in time, under the same subject.
    public static CertificateTerms standard() {
        return new CertificateTerms(CertificateProfile.STANDARD, Optional.empty(), Duration.ZERO, true, false);
    }
}
