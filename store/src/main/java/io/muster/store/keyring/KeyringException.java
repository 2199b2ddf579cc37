package io.muster.store.keyring;

/// The keyring cannot be used; the message says why and what to do.
public final class KeyringException extends RuntimeException {

    public KeyringException(String message) {
        super(message);
    }

    public KeyringException(String message, Throwable cause) {
        super(message, cause);
    }
}
