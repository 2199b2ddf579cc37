package io.muster.core.permission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A condition on a variable: one operator, one key, its values.
public sealed interface Condition {

    /// The key.
    Variable key();

    /// Whether it is met on a connection. A key without a value is unknown, whatever the operator.
    Truth met(Variables variables);

    /// How many of a key's values must match.
    enum Quantifier {
        /// The key has one value.
        ONE,
        ALL,
        ANY
    }

    /// `StringEquals`, `StringLike` and their negations.
    record OfText(Variable key, Quantifier quantifier, boolean negated, List<Glob> patterns) implements Condition {
        public OfText {
            patterns = List.copyOf(patterns);
        }

        @Override
        public Truth met(Variables variables) {
            List<String> values = variables.values(key);
            if (values.isEmpty()) {
                return Truth.UNKNOWN;
            }
            List<Matcher> matchers =
                    patterns.stream().map(it -> Matcher.of(it, variables)).toList();
            Stream<Truth> each = values.stream().map(value -> {
                Truth matched = Truth.any(matchers.stream().map(it -> it.matches(value)));
                return negated ? matched.not() : matched;
            });
            return quantifier == Quantifier.ANY ? Truth.any(each) : Truth.all(each);
        }
    }

    /// `Bool`
    record OfTruth(Variable key, boolean wanted) implements Condition {
        @Override
        public Truth met(Variables variables) {
            return variables
                    .value(key)
                    .map(value -> Truth.of(value.equals(Boolean.toString(wanted))))
                    .orElse(Truth.UNKNOWN);
        }
    }

    /// `IpAddress` and `NotIpAddress`
    record OfAddress(Variable key, boolean negated, List<AddressRange> ranges) implements Condition {
        public OfAddress {
            ranges = List.copyOf(ranges);
        }

        @Override
        public Truth met(Variables variables) {
            Optional<String> address = variables.value(key);
            if (address.isEmpty()) {
                return Truth.UNKNOWN;
            }
            Truth in = Truth.any(ranges.stream().map(range -> range.holds(address.get())));
            return negated ? in.not() : in;
        }
    }

    /// The operators in words, for messages that refuse another.
    String RULE = "StringEquals, StringNotEquals, StringLike and StringNotLike, also behind ForAllValues: or"
            + " ForAnyValue:, Bool, IpAddress and NotIpAddress";

    /// Parses a condition at the wall. An operator, a key or a value that is not understood is refused: a condition
    /// that was left out would widen what a statement allows.
    static Parsed<Condition> parse(String operator, String key, List<String> values) {
        Optional<Variable> variable = Variable.parse(key);
        if (variable.isEmpty()) {
            return new Parsed.Bad<>("The condition asks for " + key + ", which is not known", "Use " + Variable.RULE);
        }
        if (values.isEmpty()) {
            return new Parsed.Bad<>("The condition has no value", "Write one, or leave the condition out");
        }
        return switch (operator) {
            case "Bool" -> truth(variable.get(), values);
            case "IpAddress" -> address(variable.get(), false, values);
            case "NotIpAddress" -> address(variable.get(), true, values);
            default -> text(operator, variable.get(), values);
        };
    }

    private static Parsed<Condition> truth(Variable key, List<String> values) {
        boolean one = values.size() == 1
                && (values.getFirst().equals("true") || values.getFirst().equals("false"));
        return one && !key.isList()
                ? new Parsed.Good<>(new OfTruth(key, values.getFirst().equals("true")))
                : new Parsed.Bad<>("Bool compares one variable with true or false", "Write true or false");
    }

    private static Parsed<Condition> address(Variable key, boolean negated, List<String> values) {
        List<AddressRange> ranges =
                values.stream().flatMap(it -> AddressRange.parse(it).stream()).toList();
        return key instanceof Variable.SourceIp && ranges.size() == values.size()
                ? new Parsed.Good<>(new OfAddress(key, negated, ranges))
                : new Parsed.Bad<>(
                        "An address is compared with what is none",
                        "Let the key be aws:SourceIp and each value " + AddressRange.RULE);
    }

    private static Parsed<Condition> text(String operator, Variable key, List<String> values) {
        Quantifier quantifier = operator.startsWith("ForAllValues:")
                ? Quantifier.ALL
                : operator.startsWith("ForAnyValue:") ? Quantifier.ANY : Quantifier.ONE;
        String comparison = operator.substring(operator.indexOf(':') + 1);
        boolean negated = comparison.equals("StringNotEquals") || comparison.equals("StringNotLike");
        boolean like = comparison.equals("StringLike") || comparison.equals("StringNotLike");
        boolean compared = negated || like || comparison.equals("StringEquals");
        boolean counted = quantifier != Quantifier.ONE || operator.indexOf(':') < 0;
        if (!compared || !counted) {
            return new Parsed.Bad<>("The operator " + operator + " is not known here", "Use " + RULE);
        }
        if (quantifier == Quantifier.ONE && key.isList()) {
            return new Parsed.Bad<>(
                    key.name() + " has many values", "Say which must match: ForAllValues: or ForAnyValue: before it");
        }
        return text(key, quantifier, negated, values, like);
    }

    private static Parsed<Condition> text(
            Variable key, Quantifier quantifier, boolean negated, List<String> values, boolean like) {
        List<Glob> patterns = new ArrayList<>();
        for (String value : values) {
            switch (Glob.parse(value, like)) {
                case Parsed.Good<Glob>(Glob glob) -> patterns.add(glob);
                case Parsed.Bad<Glob>(String what, String remedy) -> {
                    return new Parsed.Bad<>(what, remedy);
                }
            }
        }
        return new Parsed.Good<>(new OfText(key, quantifier, negated, patterns));
    }
}
