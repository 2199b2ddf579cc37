package io.muster.core.connectivity;

import io.muster.core.device.Name;

/// A part of the world, as a tenant divides it: hubs lie in regions.
public record Region(Name tenant, Name name) {}
