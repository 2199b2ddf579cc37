package io.muster.doors.aws;

import java.util.Arrays;
import java.util.Optional;

/// How a payload is written; an answer is written as its request was.
enum Format {
    JSON("json"),
    CBOR("cbor");

    private final String word;

    Format(String word) {
        this.word = word;
    }

    /// The level of a topic that names it.
    static Optional<Format> named(String level) {
        return Arrays.stream(values()).filter(it -> it.word.equals(level)).findFirst();
    }
}
