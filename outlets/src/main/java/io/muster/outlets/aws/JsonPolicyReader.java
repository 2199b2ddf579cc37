package io.muster.outlets.aws;

import io.muster.core.device.Json;
import io.muster.core.permission.ActionPattern;
import io.muster.core.permission.Condition;
import io.muster.core.permission.Parsed;
import io.muster.core.permission.PolicyDocument;
import io.muster.core.permission.PolicyReader;
import io.muster.core.permission.PolicyReading;
import io.muster.core.permission.ResourcePattern;
import io.muster.core.permission.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads policies as the AWS IoT Developer Guide describes them ("AWS IoT Core policies"). What is not understood is
/// refused, since a part that was passed over could have been the one that narrows.
public final class JsonPolicyReader implements PolicyReader {

    /// White space is free in a policy, but not without end.
    private static final int MAX_LENGTH = 8 * PolicyDocument.MAX_SIZE;

    private final StrictText json = new StrictText(MAX_LENGTH);

    @Override
    public PolicyReading read(String text) {
        try {
            Node.Members document = json.read(text).object();
            sized(document, text);
            return new PolicyReading.Read(document(document));
        } catch (Unfit unfit) {
            return new PolicyReading.Unreadable(unfit.place(), unfit.what(), unfit.remedy());
        }
    }

    private static void sized(Node.Members document, String text) throws Unfit {
        long size = text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
        if (size > PolicyDocument.MAX_SIZE) {
            throw new Unfit(
                    document.place(),
                    "The policy has " + size + " characters other than white space; at most " + PolicyDocument.MAX_SIZE
                            + " are taken",
                    "Use wildcards and variables, or take the policy apart into several");
        }
    }

    private static PolicyDocument document(Node.Members document) throws Unfit {
        document.only(Set.of("Version", "Id", "Statement"));
        Node version = document.required("Version");
        if (!version.text().equals(PolicyDocument.VERSION)) {
            throw new Unfit(version.place(), "This version is not known", "Write " + PolicyDocument.VERSION);
        }
        if (document.optional("Id").isPresent()) {
            document.required("Id").text();
        }
        List<Statement> statements = new ArrayList<>();
        for (Node statement : some(document.required("Statement"))) {
            statements.add(statement(statement.object()));
        }
        return new PolicyDocument(new Json(document.json()), statements);
    }

    private static Statement statement(Node.Members statement) throws Unfit {
        statement.only(Set.of("Sid", "Effect", "Action", "Resource", "Condition"));
        Optional<Node> sid = statement.optional("Sid");
        return new Statement(
                sid.isEmpty() ? Optional.empty() : Optional.of(sid.get().text()),
                effect(statement.required("Effect")),
                actions(statement.required("Action")),
                resources(statement.required("Resource")),
                conditions(statement.optional("Condition")));
    }

    private static Statement.Effect effect(Node effect) throws Unfit {
        return switch (effect.text()) {
            case "Allow" -> Statement.Effect.ALLOW;
            case "Deny" -> Statement.Effect.DENY;
            default -> throw new Unfit(effect.place(), "There is no such effect", "Write Allow or Deny");
        };
    }

    private static List<ActionPattern> actions(Node node) throws Unfit {
        List<ActionPattern> actions = new ArrayList<>();
        for (Node action : some(node)) {
            actions.add(ActionPattern.parse(action.text())
                    .orElseThrow(
                            () -> new Unfit(action.place(), "There is no such action", "Write " + ActionPattern.RULE)));
        }
        return actions;
    }

    private static List<ResourcePattern> resources(Node node) throws Unfit {
        List<ResourcePattern> resources = new ArrayList<>();
        for (Node resource : some(node)) {
            resources.add(good(resource, ResourcePattern.parse(resource.text())));
        }
        return resources;
    }

    private static List<Condition> conditions(Optional<Node> section) throws Unfit {
        List<Condition> conditions = new ArrayList<>();
        if (section.isPresent()) {
            for (Map.Entry<String, Node> operator :
                    section.get().object().members().entrySet()) {
                for (Map.Entry<String, Node> key :
                        operator.getValue().object().members().entrySet()) {
                    conditions.add(condition(operator.getKey(), key.getKey(), key.getValue()));
                }
            }
        }
        return conditions;
    }

    private static Condition condition(String operator, String key, Node node) throws Unfit {
        List<String> values = new ArrayList<>();
        for (Node value : some(node)) {
            values.add(value.scalar());
        }
        return good(node, Condition.parse(operator, key, values));
    }

    private static <T> T good(Node node, Parsed<T> parsed) throws Unfit {
        return switch (parsed) {
            case Parsed.Good<T>(T value) -> value;
            case Parsed.Bad<T>(String what, String remedy) -> throw new Unfit(node.place(), what, remedy);
        };
    }

    /// One of something, or a list of at least one.
    private static List<Node> some(Node node) throws Unfit {
        List<Node> items = node instanceof Node.Items list ? list.items() : List.of(node);
        if (items.isEmpty()) {
            throw new Unfit(node.place(), "The list is empty", "Write what it is about");
        }
        return items;
    }
}
