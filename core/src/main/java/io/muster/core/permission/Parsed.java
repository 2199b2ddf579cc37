package io.muster.core.permission;

/// What came of parsing a part of a policy.
public sealed interface Parsed<T> {

    record Good<T>(T value) implements Parsed<T> {}

    /// @param what   what is wrong, in words
    /// @param remedy what to do about it
    record Bad<T>(String what, String remedy) implements Parsed<T> {}
}
