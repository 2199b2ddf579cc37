package io.muster.fleet.aws;

import java.time.Duration;

/// How the provisioning of one device ended.
///
/// @param newcomer   which one
/// @param onboarding how
/// @param latency    from its arrival (in an open-loop run: from the moment at which it was due) to the last answer
public record Provisioning(Newcomer newcomer, Onboarding onboarding, Duration latency) {}
