package io.muster.x509.path;

import java.util.List;
import java.util.stream.Collectors;

/// Lists in messages, bounded.
final class Words {

    private static final int MAX_SHOWN = 5;

    private Words() {}

    static String listed(List<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String shown =
                names.stream().limit(MAX_SHOWN).map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        return names.size() <= MAX_SHOWN ? shown : shown + " and " + (names.size() - MAX_SHOWN) + " more";
    }
}
