package io.muster.fleet.hub;

import java.util.Optional;

/// What became of a device's messages.
///
/// @param acknowledged how many the hub acknowledged
/// @param trouble      why it was not all of them
public record Report(Assigned device, int acknowledged, Optional<String> trouble) {}
