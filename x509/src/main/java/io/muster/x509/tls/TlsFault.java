package io.muster.x509.tls;

/// The server's own certificate or its CA cannot be used. The message says why and what to do next, for the person who
/// starts Muster.
public final class TlsFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TlsFault(String message) {
        super(message);
    }

    TlsFault(String message, Throwable cause) {
        super(message, cause);
    }
}
