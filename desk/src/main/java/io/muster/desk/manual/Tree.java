package io.muster.desk.manual;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place in the contract. What is not there is an empty place.
///
/// @param root  the whole contract, for references
/// @param value a map, a list, a text, a number, a truth value, or nothing
record Tree(Map<?, ?> root, @Nullable Object value) {

    private static final String HERE = "#/";

    Tree at(String name) {
        return new Tree(root, value instanceof Map<?, ?> map ? map.get(name) : null);
    }

    boolean there() {
        return value != null;
    }

    String text() {
        return value == null ? "" : String.valueOf(value).strip();
    }

    List<Tree> items() {
        return value instanceof List<?> list
                ? list.stream().map(item -> new Tree(root, item)).toList()
                : List.of();
    }

    Map<String, Tree> fields() {
        Map<String, Tree> fields = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> fields.put(String.valueOf(name), new Tree(root, field)));
        }
        return fields;
    }

    /// The last part of the reference that stands here; empty where there is none.
    String reference() {
        String reference = at("$ref").text();
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    /// What a reference leads to, or this place.
    Tree resolved() {
        String reference = at("$ref").text();
        if (!reference.startsWith(HERE)) {
            return this;
        }
        Tree found = new Tree(root, root);
        for (String part : reference.substring(HERE.length()).split("/", -1)) {
            found = found.at(part);
        }
        return found;
    }
}
