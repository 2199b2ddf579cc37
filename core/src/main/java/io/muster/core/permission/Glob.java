package io.muster.core.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A text with wildcards and variables, as it stands in a policy.
public record Glob(String written, List<Piece> pieces) {

    public Glob {
        pieces = List.copyOf(pieces);
    }

    /// A part of the text.
    public sealed interface Piece {

        record Plain(String text) implements Piece {}

        /// `*`: any characters, `/` too, or none.
        record AnyText() implements Piece {}

        /// `?`: any one character.
        record AnyOne() implements Piece {}

        /// `${…}`: the value of a variable, never a pattern.
        record Value(Variable variable) implements Piece {}
    }

    /// Parses at the wall. `${*}`, `${?}` and `${$}` are these characters themselves; any other `$` is one, too, unless
    /// `{` follows.
    ///
    /// @param wildcards whether `*` and `?` are wildcards; else they are plain
    static Parsed<Glob> parse(String text, boolean wildcards) {
        List<Piece> pieces = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '$' && text.startsWith("${", i)) {
                int close = text.indexOf('}', i);
                String name = close < 0 ? "" : text.substring(i + 2, close);
                Optional<Variable> variable = Variable.parse(name);
                if (variable.isEmpty() && !special(name)) {
                    return unknown(close < 0 ? text.substring(i) : text.substring(i, close + 1));
                }
                variable.ifPresentOrElse(it -> add(pieces, plain, new Piece.Value(it)), () -> plain.append(name));
                i = close;
            } else if (wildcards && c == '*') {
                add(pieces, plain, new Piece.AnyText());
            } else if (wildcards && c == '?') {
                add(pieces, plain, new Piece.AnyOne());
            } else {
                plain.append(c);
            }
        }
        flush(pieces, plain);
        return new Parsed.Good<>(new Glob(text, pieces));
    }

    private static boolean special(String name) {
        return name.equals("*") || name.equals("?") || name.equals("$");
    }

    private static Parsed<Glob> unknown(String variable) {
        return new Parsed.Bad<>(
                "The variable " + variable + " is not known here: what stands there could not be judged",
                "Use one of " + Variable.RULE);
    }

    private static void add(List<Piece> pieces, StringBuilder plain, Piece piece) {
        flush(pieces, plain);
        pieces.add(piece);
    }

    private static void flush(List<Piece> pieces, StringBuilder plain) {
        if (!plain.isEmpty()) {
            pieces.add(new Piece.Plain(plain.toString()));
            plain.setLength(0);
        }
    }
}
