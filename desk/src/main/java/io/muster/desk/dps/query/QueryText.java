package io.muster.desk.dps.query;

import io.muster.desk.dps.query.Words.Word;
import io.muster.desk.exchange.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads a query: `SELECT * [FROM collection] [WHERE condition]`, or `*`. A condition compares fields with texts by
/// `=`, `!=` and `<>`, joined by AND, OR, NOT and parentheses. Everything else is refused. The text goes nowhere but
/// into [Condition]s.
public final class QueryText {

    private static final int LONGEST = 2_000;
    private static final int DEEPEST = 8;
    private static final String AT = "/query";

    private final Words words;
    private final Map<String, String> fields;

    private QueryText(Words words, Map<String, String> fields) {
        this.words = words;
        this.fields = fields;
    }

    /// A query that is not one, said where it is found out.
    private static final class NotOne extends Exception {
        private static final long serialVersionUID = 1L;

        private final String what;

        NotOne(String what) {
            super(what, null, false, false);
            this.what = what;
        }
    }

    /// @param collection what it may select from
    /// @param fields     what it may compare, with the places in the items as they are shown
    public static Form<Condition> read(String text, String collection, Map<String, String> fields) {
        Optional<Words> words = text.length() > LONGEST ? Optional.empty() : Words.of(text);
        if (words.isEmpty()) {
            return refused("It is too long, or has signs that no query has", collection, fields);
        }
        Map<String, String> known = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        known.putAll(fields);
        try {
            return Form.of(new QueryText(words.get(), known).query(collection));
        } catch (NotOne e) {
            return refused(e.what, collection, fields);
        }
    }

    private static Form<Condition> refused(String what, String collection, Map<String, String> fields) {
        return Form.faulty(
                AT,
                "The query is not served: " + what + ".",
                "Use SELECT * FROM " + collection + " [WHERE field = 'text' AND …]; fields are "
                        + fields.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
    }

    private Condition query(String collection) throws NotOne {
        boolean bare = words.took("*");
        if (!bare && !(words.took("SELECT") && words.took("*"))) {
            throw new NotOne("it begins with something else than SELECT *");
        }
        if (!bare && words.took("FROM") && !words.took(collection)) {
            throw new NotOne("it selects from something else than " + collection);
        }
        Condition condition = !bare && words.took("WHERE") ? either(0) : new Condition.Anything();
        if (!words.ended()) {
            throw new NotOne("something follows that is not understood");
        }
        return condition;
    }

    private Condition either(int depth) throws NotOne {
        if (depth > DEEPEST) {
            throw new NotOne("its parentheses are deeper than " + DEEPEST);
        }
        List<Condition> any = new ArrayList<>();
        do {
            any.add(both(depth));
        } while (words.took("OR"));
        return any.size() == 1 ? any.getFirst() : new Condition.Any(any);
    }

    private Condition both(int depth) throws NotOne {
        List<Condition> all = new ArrayList<>();
        do {
            all.add(one(depth));
        } while (words.took("AND"));
        return all.size() == 1 ? all.getFirst() : new Condition.All(all);
    }

    private Condition one(int depth) throws NotOne {
        if (words.took("NOT")) {
            return new Condition.Not(group(depth));
        }
        return group(depth);
    }

    private Condition group(int depth) throws NotOne {
        if (!words.took("(")) {
            return comparison();
        }
        Condition inner = either(depth + 1);
        if (!words.took(")")) {
            throw new NotOne("a parenthesis is not closed");
        }
        return inner;
    }

    private Condition comparison() throws NotOne {
        String pointer = words.next()
                .filter(word -> !word.literal())
                .map(word -> fields.get(word.text()))
                .orElseThrow(() -> new NotOne("it compares something that is no known field"));
        boolean equal = words.took("=");
        if (!equal && !words.took("!=") && !words.took("<>")) {
            throw new NotOne("it compares by something else than =, != and <>");
        }
        Condition is = new Condition.Is(
                pointer,
                words.next()
                        .filter(Word::literal)
                        .map(Word::text)
                        .orElseThrow(() -> new NotOne("it compares with something else than a text in quotes")));
        return equal ? is : new Condition.Not(is);
    }
}
