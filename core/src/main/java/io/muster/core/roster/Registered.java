package io.muster.core.roster;

/// What came of an operator's change.
public sealed interface Registered<T> {

    /// It is stored.
    record Done<T>(T value) implements Registered<T> {}

    /// There is one of that name already.
    record Exists<T>(String what) implements Registered<T> {}

    /// Something that it names is not there.
    record Missing<T>(String what) implements Registered<T> {}

    /// Somebody else changed it meanwhile.
    record Stale<T>(String what) implements Registered<T> {}

    /// A limit would be exceeded.
    record Full<T>(String what, int limit) implements Registered<T> {}

    /// Something else rests on it.
    record Needed<T>(String what, String by) implements Registered<T> {}
}
