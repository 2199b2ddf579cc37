package io.muster.core.template;

/// How a value stands in a message.
final class Words {

    private static final int MAX = 64;

    private Words() {}

    /// Quoted, cut, and without controls: values come from strangers.
    static String quoted(String value) {
        String cut = value.length() <= MAX ? value : value.substring(0, MAX) + "…";
        return "\"" + cut.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
