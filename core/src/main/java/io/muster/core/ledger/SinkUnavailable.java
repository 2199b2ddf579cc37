package io.muster.core.ledger;

import java.time.Duration;

/// A sink does not take events now. The same events may be taken later.
public final class SinkUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration after;

    /// @param message what is wrong, in words, with nothing secret
    public SinkUnavailable(String message, Throwable cause) {
        super(message, cause);
        this.after = Duration.ZERO;
    }

    /// @param message what is wrong, in words, with nothing secret
    /// @param after   how long the other system asks to be left alone; zero where it does not
    public SinkUnavailable(String message, Duration after) {
        super(message);
        this.after = after;
    }

    public Duration after() {
        return after;
    }
}
