package io.muster.store.database;

/// This database cannot be used by this installation; the message says why and what to do.
public final class UnusableDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableDatabaseException(String message) {
        super(message);
    }

    public UnusableDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
