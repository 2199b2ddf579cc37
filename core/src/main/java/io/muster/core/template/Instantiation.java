package io.muster.core.template;

/// What came of applying a template.
public sealed interface Instantiation permits Instance, Impossible {}
