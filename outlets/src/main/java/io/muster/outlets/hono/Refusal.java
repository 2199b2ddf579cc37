package io.muster.outlets.hono;

/// The registry can never take what it was given.
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /// @param reason in words, with nothing of what was given
    Refusal(String reason) {
        super(reason);
    }
}
