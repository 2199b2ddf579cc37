package io.muster.core.ledger;

/// A sink does not take events now. The same events may be taken later.
public final class SinkUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message what is wrong, in words, with nothing secret
    public SinkUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
