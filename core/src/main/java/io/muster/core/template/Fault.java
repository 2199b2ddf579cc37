package io.muster.core.template;

import io.muster.core.device.JsonPlace;

/// What is wrong with a template, or with it and the values that it was given.
///
/// @param place  where in the template
/// @param what   in words
/// @param remedy what to do about it
public record Fault(JsonPlace place, String what, String remedy) {}
