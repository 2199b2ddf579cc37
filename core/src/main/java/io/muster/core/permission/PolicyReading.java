package io.muster.core.permission;

import io.muster.core.template.Fault;

/// What came of reading.
public sealed interface PolicyReading {

    record Read(PolicyDocument document) implements PolicyReading {}

    record Unreadable(Fault fault) implements PolicyReading {}
}
