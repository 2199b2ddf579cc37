package io.muster.core.permission;

import java.util.stream.Stream;

/// Whether something is so, where a value may be missing (Kleene's logic).
enum Truth {
    NO,
    UNKNOWN,
    YES;

    static Truth of(boolean so) {
        return so ? YES : NO;
    }

    Truth not() {
        return switch (this) {
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
            case YES -> NO;
        };
    }

    static Truth all(Stream<Truth> truths) {
        return truths.min(Truth::compareTo).orElse(YES);
    }

    static Truth any(Stream<Truth> truths) {
        return truths.max(Truth::compareTo).orElse(NO);
    }
}
