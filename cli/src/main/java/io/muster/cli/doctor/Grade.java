package io.muster.cli.doctor;

import java.util.Locale;

/// How a thing fares.
public enum Grade {
    OK,
    /// It works, and will not for long, or not everywhere.
    WARN,
    FAIL;

    /// As the admin API and scripts have it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What another version of the server says is worth a look.
    static Grade of(String word) {
        return switch (word) {
            case "ok" -> OK;
            case "fail" -> FAIL;
            default -> WARN;
        };
    }
}
