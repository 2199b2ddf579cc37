package io.muster.fleet.est;

import java.time.Duration;

/// How the request of one device ended.
///
/// @param applicant who asked
/// @param issuance  how it ended
/// @param latency   from its arrival (in an open-loop run: from the moment at which it was due) to the verified answer
public record Certification(Applicant applicant, Issuance issuance, Duration latency) {}
