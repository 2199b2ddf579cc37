package io.muster.doors.muster;

/// A body cannot be read; caught where reading began.
final class Malformed extends Exception {

    private static final long serialVersionUID = 1L;

    /// @param what what is wrong, in words, with nothing of the input in it
    Malformed(String what) {
        super(what, null, false, false);
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
