package io.muster.desk.manual;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/// Makes an example out of a schema: what it requires, from its own examples.
final class Sample {

    private static final int DEEPEST = 6;
    private static final JsonMapper JSON = new JsonMapper();

    private Sample() {}

    static String of(Tree schema) {
        return node(schema, 0).toPrettyString();
    }

    private static JsonNode node(Tree place, int depth) {
        Tree schema = place.resolved();
        List<Tree> examples = schema.at("examples").items();
        if (!examples.isEmpty()) {
            return JSON.valueToTree(examples.getFirst().value());
        }
        List<Tree> choices = schema.at("enum").items();
        if (!choices.isEmpty()) {
            return JSON.valueToTree(choices.getFirst().value());
        }
        List<Tree> kinds = schema.at("oneOf").items();
        if (!kinds.isEmpty() && depth < DEEPEST) {
            return node(kinds.getFirst(), depth + 1);
        }
        return switch (schema.at("type").text()) {
            case "object" -> object(schema, depth);
            case "array" -> JsonNodeFactory.instance.arrayNode().add(node(schema.at("items"), depth + 1));
            case "integer" -> JsonNodeFactory.instance.numberNode(1);
            case "boolean" -> JsonNodeFactory.instance.booleanNode(true);
            default -> JsonNodeFactory.instance.textNode("…");
        };
    }

    private static ObjectNode object(Tree schema, int depth) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<String> required =
                schema.at("required").items().stream().map(Tree::text).toList();
        for (Map.Entry<String, Tree> field : schema.at("properties").fields().entrySet()) {
            if (depth < DEEPEST && required.contains(field.getKey())) {
                json.set(field.getKey(), node(field.getValue(), depth + 1));
            }
        }
        return json;
    }
}
