package io.muster.core.template;

/// These values cannot go into this template.
public record Impossible(Fault fault) implements Instantiation {}
