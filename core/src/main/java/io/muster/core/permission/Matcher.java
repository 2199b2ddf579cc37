package io.muster.core.permission;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/// A pattern in which every variable has its value.
///
/// It goes through the text once and never back beyond the last `*`: at most as many steps as the text is long times
/// the pattern's longest part between two `*`, whatever the pattern.
final class Matcher {

    private static final int ANY_TEXT = -1;
    private static final int ANY_ONE = -2;

    /// Code points and the two above.
    private final int[] symbols;

    private final boolean complete;

    private Matcher(int[] symbols, boolean complete) {
        this.symbols = symbols;
        this.complete = complete;
    }

    /// Where a variable has no value stands `*`: the pattern then covers whatever it could have covered.
    static Matcher of(Glob glob, Variables variables) {
        IntStream.Builder symbols = IntStream.builder();
        boolean complete = true;
        for (Glob.Piece piece : glob.pieces()) {
            switch (piece) {
                case Glob.Piece.Plain(String text) -> text.codePoints().forEach(symbols);
                case Glob.Piece.AnyText() -> symbols.add(ANY_TEXT);
                case Glob.Piece.AnyOne() -> symbols.add(ANY_ONE);
                case Glob.Piece.Value(Variable variable) -> {
                    Optional<String> value = variables.value(variable);
                    complete &= value.isPresent();
                    value.ifPresentOrElse(text -> text.codePoints().forEach(symbols), () -> symbols.add(ANY_TEXT));
                }
            }
        }
        return new Matcher(symbols.build().toArray(), complete);
    }

    /// Whether the pattern is the whole text; unknown when it could be, if a missing value were the right one.
    Truth matches(int[] text) {
        return !covers(text) ? Truth.NO : complete ? Truth.YES : Truth.UNKNOWN;
    }

    Truth matches(String text) {
        return matches(text.codePoints().toArray());
    }

    private boolean covers(int[] text) {
        int at = 0;
        int symbol = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length) {
            if (symbol < symbols.length && symbols[symbol] == ANY_TEXT) {
                star = symbol++;
                resume = at;
            } else if (symbol < symbols.length && (symbols[symbol] == ANY_ONE || symbols[symbol] == text[at])) {
                symbol++;
                at++;
            } else if (star >= 0) {
                symbol = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        return Arrays.stream(symbols, symbol, symbols.length).allMatch(it -> it == ANY_TEXT);
    }
}
