package io.muster.outlets.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.core.device.JsonPlace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Walks a schema and counts what it costs to hold one value against it, with every reference written out. Used by one
/// thread, once.
final class Soundness {

    /// Subschemas and instructions of expressions, together.
    static final int MAX_COST = 20_000;

    private final JsonNode root;
    private final Map<String, Long> costs = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private Soundness(JsonNode root) {
        this.root = root;
    }

    /// What one value costs at most.
    static long cost(JsonNode schema) throws Unsound {
        return new Soundness(schema).cost(schema, JsonPlace.WHOLE);
    }

    private long cost(JsonNode schema, JsonPlace place) throws Unsound {
        Long known = costs.get(place.pointer());
        if (known != null) {
            return known;
        }
        if (!open.add(place.pointer())) {
            throw new Unsound(
                    place, "A reference leads back to where it stands in", "Write out as many levels as there are");
        }
        long cost = schema.isBoolean() ? 1 : members(schema, place);
        if (cost > MAX_COST) {
            throw new Unsound(
                    place,
                    "The schema is too large with its references and expressions written out",
                    "Take something out");
        }
        open.remove(place.pointer());
        costs.put(place.pointer(), cost);
        return cost;
    }

    private long members(JsonNode schema, JsonPlace place) throws Unsound {
        if (!schema.isObject()) {
            throw new Unsound(place, "This is no schema", "Write an object, true or false");
        }
        long cost = 1;
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            cost += member(member.getKey(), member.getValue(), place.member(member.getKey()));
        }
        return cost;
    }

    private long member(String keyword, JsonNode value, JsonPlace place) throws Unsound {
        if (Keywords.SCHEMA.contains(keyword)) {
            return cost(value, place);
        }
        if (Keywords.SCHEMAS.contains(keyword)) {
            return listed(value, place);
        }
        if (Keywords.NAMED_SCHEMAS.contains(keyword)) {
            long cost = named(keyword, value, place);
            return keyword.equals("$defs") ? 0 : cost;
        }
        return switch (keyword) {
            case Keywords.REFERENCE -> reference(value, place);
            case Keywords.DIALECT -> dialect(value, place);
            case "pattern" -> expression(value.asText(), place);
            case "format" -> format(value, place);
            default -> plain(keyword, value, place);
        };
    }

    private long listed(JsonNode list, JsonPlace place) throws Unsound {
        long cost = 0;
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            cost += cost(list.get(i), place.item(i));
        }
        return cost;
    }

    private long named(String keyword, JsonNode map, JsonPlace place) throws Unsound {
        long cost = 0;
        for (Map.Entry<String, JsonNode> schema : map.properties()) {
            JsonPlace at = place.member(schema.getKey());
            cost += cost(schema.getValue(), at);
            cost += keyword.equals("patternProperties") ? expression(schema.getKey(), at) : 0;
        }
        return cost;
    }

    private long reference(JsonNode value, JsonPlace place) throws Unsound {
        String text = value.asText();
        if (!value.isTextual() || !text.matches("#(/[A-Za-z0-9._$-]{1,64}){0,16}")) {
            throw new Unsound(
                    place,
                    "A reference leads out of the schema, or is not a plain JSON pointer",
                    "Refer to a part of this schema, such as #/$defs/version; nothing is fetched");
        }
        JsonNode target = root.at(text.substring(1));
        if (target.isMissingNode()) {
            throw new Unsound(place, "A reference leads nowhere", "Define what it refers to under $defs");
        }
        return cost(target, new JsonPlace(text.substring(1)));
    }

    private static long dialect(JsonNode value, JsonPlace place) throws Unsound {
        if (!value.asText().equals(Keywords.DIALECT_2020_12)) {
            throw new Unsound(place, "This version of JSON Schema is not known", "Write " + Keywords.DIALECT_2020_12);
        }
        return 0;
    }

    private static long expression(String text, JsonPlace place) throws Unsound {
        return switch (Expressions.read(text)) {
            case Expressions.Reading.Good(int size) -> size;
            case Expressions.Reading.Bad(String what) ->
                throw new Unsound(
                        place, what, "Use RE2 without look-around, back-references and large counts in one another");
        };
    }

    private static long format(JsonNode value, JsonPlace place) throws Unsound {
        if (!Keywords.FORMATS.contains(value.asText())) {
            throw new Unsound(
                    place,
                    "This format is not checked here",
                    "Use one of "
                            + String.join(
                                    ", ", Keywords.FORMATS.stream().sorted().toList()) + ", or a pattern");
        }
        return 1;
    }

    private static long plain(String keyword, JsonNode value, JsonPlace place) throws Unsound {
        if (!Keywords.VALUES.contains(keyword) && !keyword.startsWith("x-")) {
            throw new Unsound(
                    place,
                    "This keyword is not taken",
                    "Use the keywords of JSON Schema 2020-12 for what a value must be; begin one of your own with x-");
        }
        return keyword.equals("enum") || keyword.equals("required") ? value.size() : 0;
    }
}
