package io.muster.core.permission;

import io.muster.core.device.Json;

/// A policy, read.
public record PolicyDocument(Json source) {}
