package io.muster.desk.dps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.muster.desk.exchange.Form;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks at the fields of an object as Azure's clients write them: a field that is null, or an empty text, is not
/// given.
final class Fields {

    private Fields() {}

    static JsonNode given(JsonNode object, String name) {
        JsonNode value = object.path(name);
        boolean nothing =
                value.isNull() || (value.isTextual() && value.textValue().isEmpty());
        return nothing ? MissingNode.getInstance() : value;
    }

    /// Refuses what is no object, and an object with a field of another name: it would be dropped in silence.
    ///
    /// @param at where the object stands, as a JSON pointer
    static Form<JsonNode> only(JsonNode object, String at, Set<String> names) {
        if (!object.isObject()) {
            return Form.faulty(at, "A JSON object is wanted" + place(at) + ".", "Send one.");
        }
        return object.properties().stream().anyMatch(it -> !names.contains(it.getKey()))
                ? Form.faulty(
                        at,
                        "The object" + place(at) + " has a field that is not known here.",
                        "Known are: " + names.stream().sorted().collect(Collectors.joining(", ")) + ".")
                : Form.of(object);
    }

    /// A text, or nothing.
    static Form<String> text(JsonNode object, String name, String at) {
        JsonNode value = given(object, name);
        return value.isMissingNode() || value.isTextual()
                ? Form.of(value.asText())
                : Form.faulty(at, "A text is wanted at " + at + ".", "Send one.");
    }

    /// Whether a value says nothing: null, false, or a container of such.
    static boolean hollow(JsonNode value) {
        if (value.isContainerNode()) {
            return value.valueStream().allMatch(Fields::hollow);
        }
        return value.isMissingNode()
                || value.isNull()
                || (value.isBoolean() && !value.booleanValue())
                || (value.isTextual() && value.textValue().isEmpty());
    }

    private static String place(String at) {
        return at.isEmpty() ? "" : " at " + at;
    }
}
