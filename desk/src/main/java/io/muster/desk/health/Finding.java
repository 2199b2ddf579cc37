package io.muster.desk.health;

import java.util.List;
import java.util.Locale;

/// What was seen of one thing.
///
/// @param name   what was looked at
/// @param what   what was seen, and what follows from it
/// @param remedy how to mend it; empty where there is nothing to mend
public record Finding(String name, Grade grade, String what, String remedy) {

    /// How it fares.
    public enum Grade {
        OK,
        /// It works, and will not for long or not everywhere.
        WARN,
        FAIL;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Finding ok(String name, String what) {
        return new Finding(name, Grade.OK, what, "");
    }

    public static Finding warn(String name, String what, String remedy) {
        return new Finding(name, Grade.WARN, what, remedy);
    }

    public static Finding fail(String name, String what, String remedy) {
        return new Finding(name, Grade.FAIL, what, remedy);
    }

    static Grade worst(List<Finding> findings) {
        return findings.stream().map(Finding::grade).max(Grade::compareTo).orElse(Grade.OK);
    }
}
