package io.muster.fleet.aws;

/// How payloads are written. An answer has the format of its request.
public enum Format {
    JSON("json"),
    CBOR("cbor");

    private final String word;

    Format(String word) {
        this.word = word;
    }

    /// The last part of a topic.
    String word() {
        return word;
    }
}
