package io.muster.core.template;

import io.muster.core.device.JsonPlace;

/// An expression and where it stands.
public record Property(JsonPlace place, Expression value) {}
