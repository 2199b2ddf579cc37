package io.muster.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.function.LongSupplier;
import software.amazon.smithy.jmespath.JmespathException;
import software.amazon.smithy.jmespath.JmespathExpression;

/// An expression in JMESPath, within bounds: what it may cost is told before it costs it.
public final class Query {

    /// In characters.
    public static final int LONGEST = 1024;

    /// In brackets.
    public static final int DEEPEST = 64;

    private final JmespathExpression expression;

    private Query(JmespathExpression expression) {
        this.expression = expression;
    }

    /// What came of reading an expression.
    public sealed interface Read {
        record Good(Query query) implements Read {}

        /// @param why in words that follow "the query cannot be read: "
        record Wrong(String why) implements Read {}
    }

    /// What came of evaluating one.
    public sealed interface Found {
        record Value(JsonNode value) implements Found {}

        /// @param why  in words that follow "the query "
        /// @param next what to do next
        record Failed(String why, String next) implements Found {}
    }

    public static Read read(String text) {
        if (text.length() > LONGEST) {
            return new Read.Wrong("it has " + text.length() + " characters, and may have " + LONGEST);
        }
        if (depth(text) > DEEPEST) {
            return new Read.Wrong("it is nested " + depth(text) + " deep, and may be " + DEEPEST);
        }
        try {
            return new Read.Good(new Query(JmespathExpression.parse(text)));
        } catch (JmespathException | IllegalArgumentException | ArithmeticException e) {
            return new Read.Wrong(String.valueOf(e.getMessage()));
        }
    }

    /// @param nanos a clock that only moves on
    public Found of(JsonNode document, LongSupplier nanos) {
        JsonTree tree = new JsonTree(new Budget(nanos));
        try {
            return new Found.Value(expression.evaluate(document, tree));
        } catch (Budget.Exhausted e) {
            return new Found.Failed(
                    "costs too much: " + e.getMessage() + ".", "Ask for less, or take -o json and pick from that.");
        } catch (JmespathException e) {
            return new Found.Failed("does not fit the answer: " + words(e) + ".", "Look at the answer with -o json.");
        } catch (ArithmeticException | IllegalArgumentException | IllegalStateException e) {
            return new Found.Failed(
                    "does not fit the answer: " + e.getMessage() + ".", "Look at the answer with -o json.");
        }
    }

    private static String words(JmespathException e) {
        return switch (e.getType()) {
            case INVALID_TYPE -> "a function or comparison got a value of another type than it takes";
            case INVALID_VALUE -> "a function or slice got a value that it does not take";
            case INVALID_ARITY -> "a function got more or fewer values than it takes";
            case UNKNOWN_FUNCTION -> "there is no function " + e.getMessage();
            case SYNTAX, OTHER -> String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        };
    }

    /// How deep brackets stand in one another, at most. What stands in quotes is no bracket.
    private static int depth(String text) {
        int deepest = 0;
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else {
                quote = c == '\'' || c == '"' ? c : quote;
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
                deepest = Math.max(deepest, depth);
            }
        }
        return deepest;
    }
}
