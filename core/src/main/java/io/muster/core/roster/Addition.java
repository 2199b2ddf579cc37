package io.muster.core.roster;

/// What came of adding one individual enrollment among many.
public sealed interface Addition {

    /// It is stored; in a dry run, it would be.
    record Added() implements Addition {}

    /// It was there already, with the same content.
    record Same() implements Addition {}

    /// Its name or its registration id belongs to something else.
    ///
    /// @param what what there is, in words
    record Taken(String what) implements Addition {}

    /// Something that it names is not there.
    record Missing(String what) implements Addition {}
}
