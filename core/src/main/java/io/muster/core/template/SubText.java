package io.muster.core.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The text of `Fn::Sub`, taken apart once: `${Name}` is a place for a value, `${!Name}` is the text `${Name}`.
public record SubText(List<Piece> pieces) {

    /// The form in words, for messages that refuse another.
    public static final String RULE = "every ${ is followed by a name and a }";

    public SubText {
        pieces = List.copyOf(pieces);
    }

    /// A part of the text.
    public sealed interface Piece {

        record Plain(String text) implements Piece {}

        record Place(String name) implements Piece {}
    }

    /// Parses at the wall; empty when the text breaks the rule. The values that go into the places are never looked
    /// through for places again.
    public static Optional<SubText> parse(String text) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
            int close = text.indexOf('}', open);
            String name = close < 0 ? "" : text.substring(open + 2, close).strip();
            if (name.isEmpty() || name.equals("!") || name.contains("${")) {
                return Optional.empty();
            }
            plain(pieces, text.substring(from, open));
            pieces.add(name.startsWith("!") ? escaped(name) : new Piece.Place(name));
            from = close + 1;
        }
        plain(pieces, text.substring(from));
        return Optional.of(new SubText(pieces));
    }

    private static Piece escaped(String name) {
        return new Piece.Plain("${" + name.substring(1) + "}");
    }

    private static void plain(List<Piece> pieces, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece.Plain(text));
        }
    }
}
