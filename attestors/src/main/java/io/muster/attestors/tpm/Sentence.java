package io.muster.attestors.tpm;

/// What is found is said in the middle of sentences; here it begins one. The full stop is the reader's.
final class Sentence {

    private Sentence() {}

    static String of(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
