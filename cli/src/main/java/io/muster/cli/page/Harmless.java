package io.muster.cli.page;

/// Makes text that came from elsewhere harmless for a terminal: escape sequences, line breaks and characters that
/// turn or hide text are shown as what they are.
public final class Harmless {

    private Harmless() {}

    public static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (harmful(point)) {
                shown.append(String.format("\\u{%x}", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    /// Controls (C0, C1), format characters (among them the bidirectional ones), separators of lines and paragraphs,
    /// halves of surrogate pairs, and private use.
    private static boolean harmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
