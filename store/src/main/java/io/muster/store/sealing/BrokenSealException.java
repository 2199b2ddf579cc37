package io.muster.store.sealing;

/// A ciphertext that is not what it should be, or whose key was destroyed.
public final class BrokenSealException extends RuntimeException {

    public BrokenSealException(String message) {
        super(message);
    }

    public BrokenSealException(String message, Throwable cause) {
        super(message, cause);
    }
}
