package io.muster.core.telemetry;

/// A message cannot be kept now. It was not, and the same message may be taken later.
public final class TelemetryUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message what is wrong, in words, with nothing of what a device said
    public TelemetryUnavailable(String message) {
        super(message);
    }

    public TelemetryUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
