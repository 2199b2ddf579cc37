package io.muster.attestors.tpm.structure;

/// What came of reading something that a TPM is said to have made.
public sealed interface Reading<T> {

    record Read<T>(T value) implements Reading<T> {}

    record Refused<T>(Flaw flaw) implements Reading<T> {}
}
