package io.muster.server.settings;

/// A setting that cannot be used; the message says which, why, and what to do.
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }
}
