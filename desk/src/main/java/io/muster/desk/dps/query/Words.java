package io.muster.desk.dps.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of a query, in order.
final class Words {

    /// @param text of a literal, without its quotes
    record Word(boolean literal, String text) {

        boolean is(String keyword) {
            return !literal && text.equalsIgnoreCase(keyword);
        }
    }

    private static final int MOST = 200;
    private static final Pattern NEXT = Pattern.compile(
            "\\s*(?:([A-Za-z][A-Za-z0-9_.]*)|(\\*|=|!=|<>|\\(|\\))|'((?:[^']++|'')*+)'|\"((?:[^\"]++|\"\")*+)\"|`([^`]*+)`)");

    private final List<Word> words;
    private int place;

    private Words(List<Word> words) {
        this.words = words;
    }

    /// Empty where the text has something that is no word of a query, or too many of them.
    static Optional<Words> of(String query) {
        List<Word> words = new ArrayList<>();
        String text = query.strip();
        Matcher matcher = NEXT.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (words.size() == MOST || !matcher.region(at, text.length()).lookingAt()) {
                return Optional.empty();
            }
            words.add(word(matcher));
            at = matcher.end();
        }
        return Optional.of(new Words(words));
    }

    private static Word word(Matcher matcher) {
        if (matcher.group(1) != null) {
            return new Word(false, matcher.group(1));
        }
        if (matcher.group(2) != null) {
            return new Word(false, matcher.group(2));
        }
        if (matcher.group(3) != null) {
            return new Word(true, matcher.group(3).replace("''", "'"));
        }
        return new Word(true, matcher.group(4) != null ? matcher.group(4).replace("\"\"", "\"") : matcher.group(5));
    }

    boolean ended() {
        return place == words.size();
    }

    /// The next word, which is taken.
    Optional<Word> next() {
        return ended() ? Optional.empty() : Optional.of(words.get(place++));
    }

    /// Takes the next word if it is this one.
    boolean took(String keyword) {
        boolean is = !ended() && words.get(place).is(keyword);
        if (is) {
            place++;
        }
        return is;
    }
}
