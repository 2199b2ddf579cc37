package io.muster.core.permission;

import io.muster.core.device.JsonPlace;

/// What came of reading a policy document.
public sealed interface PolicyReading {

    record Read(PolicyDocument document) implements PolicyReading {}

    /// @param place  where in the document
    /// @param what   what is wrong, in words
    /// @param remedy what to do about it
    record Unreadable(JsonPlace place, String what, String remedy) implements PolicyReading {}
}
