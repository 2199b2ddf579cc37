package io.muster.store.embedded;

import java.security.SecureRandom;
import java.util.HexFormat;

/// A password that does not print.
public final class Password {
    private static final int BYTES = 24;

    private final String text;

    private Password(String text) {
        this.text = text;
    }

    static Password random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Password(HexFormat.of().formatHex(bytes));
    }

    static Password of(String text) {
        return new Password(text);
    }

    /// The password itself: for a connection's properties and for nothing else.
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "(a password)";
    }
}
