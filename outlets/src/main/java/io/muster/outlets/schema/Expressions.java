package io.muster.outlets.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.Optional;
import java.util.regex.Matcher;

/// Regular expressions in linear time (RE2): no look-around, no back-references.
final class Expressions implements RegularExpressionFactory {

    static final int MAX_LENGTH = 256;

    /// Of instructions, after counted repeats are written out.
    static final int MAX_SIZE = 1_000;

    private static final int MAX_REPEATS = 10_000;
    private static final java.util.regex.Pattern COUNTS =
            java.util.regex.Pattern.compile("\\{(\\d{1,6})(?:,(\\d{0,6}))?}");

    @Override
    public RegularExpression getRegularExpression(String text) {
        Pattern pattern = Pattern.compile(text);
        return value -> pattern.matcher(value).find();
    }

    /// What an expression costs.
    sealed interface Reading {

        /// @param size in instructions
        record Good(int size) implements Reading {}

        record Bad(String what) implements Reading {}
    }

    static Reading read(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Reading.Bad("The expression is longer than " + MAX_LENGTH + " characters");
        }
        if (repeats(text) > MAX_REPEATS) {
            return new Reading.Bad("The expression repeats too much");
        }
        return compiled(text)
                .<Reading>map(pattern -> pattern.programSize() <= MAX_SIZE
                        ? new Reading.Good(pattern.programSize())
                        : new Reading.Bad("The expression repeats too much"))
                .orElseGet(() -> new Reading.Bad("This is no expression that can be matched in linear time (RE2)"));
    }

    private static Optional<Pattern> compiled(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }

    /// At least how often the innermost repeat is written out.
    private static long repeats(String text) {
        long product = 1;
        Matcher counts = COUNTS.matcher(text);
        while (counts.find() && product <= MAX_REPEATS) {
            String most = counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
            product *= Math.max(1, Long.parseLong(most));
        }
        return product;
    }
}
