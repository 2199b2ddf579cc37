package io.muster.core.template;

import io.muster.core.device.JsonPlace;
import java.util.Arrays;
import java.util.Optional;

/// Whether everything that an expression refers to is there, and no function stands too deep.
///
/// There is no ring to find: `Ref` leads to a parameter, a parameter to a value that is never evaluated, `Mappings` to
/// literals, and the values of `Fn::Sub` see parameters only.
record References(Template.Kind kind, Template.Declarations declarations) {

    void check(Expression expression) throws FaultFound {
        check(expression, 1);
    }

    void check(Expression.Listed listed) throws FaultFound {
        check(listed, 1);
    }

    /// Whether a name is one that the certificate answers.
    boolean fact(String name) {
        return name.equals(CertificateFacts.ID)
                || (kind == Template.Kind.JITP
                        && Arrays.stream(CertificateFacts.Part.values())
                                .anyMatch(part -> part.parameter().equals(name)));
    }

    FaultFound undeclared(JsonPlace place, String name) {
        String remedy = name.startsWith("iot:") || name.startsWith("aws:")
                ? "For a variable of the policy write ${!" + name + "}, which Fn::Sub leaves as ${" + name + "}"
                : name.startsWith("AWS::") && kind == Template.Kind.FLEET
                        ? "In a fleet template only " + CertificateFacts.ID + " is known"
                        : "Declare it under Parameters, or correct the name";
        return new FaultFound(place, Words.quoted(name) + " is not a parameter of this template", remedy);
    }

    private void check(Expression expression, int depth) throws FaultFound {
        switch (expression) {
            case Expression.Literal _ -> {}
            case Expression.Ref ref -> known(ref.place(), ref.name());
            case Expression.Join join -> {
                shallow(join.place(), depth);
                check(join.list(), depth + 1);
            }
            case Expression.Select select -> {
                shallow(select.place(), depth);
                check(select.index(), depth + 1);
                check(select.list(), depth + 1);
                reachable(select);
            }
            case Expression.FindInMap find -> {
                shallow(find.place(), depth);
                check(find.key(), depth + 1);
                check(find.name(), depth + 1);
                mapped(find);
            }
            case Expression.Sub sub -> substituted(sub, depth);
        }
    }

    private void check(Expression.Listed listed, int depth) throws FaultFound {
        switch (listed) {
            case Expression.Listed.Items items -> {
                for (Expression item : items.items()) {
                    check(item, depth);
                }
            }
            case Expression.Listed.Split split -> {
                shallow(split.place(), depth);
                if (split.delimiter().isEmpty()) {
                    throw new FaultFound(
                            split.place(), "Fn::Split splits at nothing", "Write the delimiter, such as \",\"");
                }
                check(split.text(), depth + 1);
            }
        }
    }

    private void substituted(Expression.Sub sub, int depth) throws FaultFound {
        shallow(sub.place(), depth);
        for (Expression own : sub.own().values()) {
            check(own, depth + 1);
        }
        for (SubText.Piece piece : sub.text().pieces()) {
            if (piece instanceof SubText.Piece.Place(String name) && !sub.own().containsKey(name)) {
                known(sub.place(), name);
            }
        }
    }

    private static void shallow(JsonPlace place, int depth) throws FaultFound {
        if (depth > Expression.MAX_DEPTH) {
            throw new FaultFound(
                    place,
                    "Functions stand more than " + Expression.MAX_DEPTH + " deep in one another",
                    "Take the expression apart");
        }
    }

    private void known(JsonPlace place, String name) throws FaultFound {
        if (!declarations.parameters().containsKey(name) && !fact(name)) {
            throw undeclared(place, name);
        }
    }

    private static void reachable(Expression.Select select) throws FaultFound {
        if (select.index() instanceof Expression.Literal(String text)) {
            int index = Soundness.index(text);
            boolean beyond = select.list() instanceof Expression.Listed.Items list
                    && index >= list.items().size();
            if (index < 0 || beyond) {
                throw new FaultFound(
                        select.place(),
                        "Fn::Select wants item " + Words.quoted(text) + ", which the list does not have",
                        "Write a whole number, counted from 0, below the length of the list");
            }
        }
    }

    private void mapped(Expression.FindInMap find) throws FaultFound {
        Mappings mappings = declarations.mappings();
        Optional<String> key = literal(find.key());
        Optional<String> name = literal(find.name());
        boolean found = key.isEmpty()
                ? mappings.has(find.map())
                : name.isEmpty()
                        ? mappings.has(find.map(), key.get())
                        : mappings.find(find.map(), key.get(), name.get()).isPresent();
        if (!found) {
            throw new FaultFound(
                    find.place(),
                    "Fn::FindInMap looks for what is not under Mappings: " + Words.quoted(find.map())
                            + key.map(it -> ", " + Words.quoted(it)).orElse("")
                            + name.map(it -> ", " + Words.quoted(it)).orElse(""),
                    "Add it under Mappings, or correct the name");
        }
    }

    private static Optional<String> literal(Expression expression) {
        return expression instanceof Expression.Literal(String text) ? Optional.of(text) : Optional.empty();
    }
}
