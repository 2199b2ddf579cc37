package io.muster.core.ledger;

/// The ledger's store cannot be reached or cannot write. Nothing was written, and the same request may succeed later.
public final class LedgerUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message what is wrong, in words, with nothing secret
    public LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
