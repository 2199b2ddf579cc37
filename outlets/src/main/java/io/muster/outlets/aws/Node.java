package io.muster.outlets.aws;

import io.muster.core.device.Json;
import io.muster.core.device.JsonPlace;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A JSON value that knows where it stands.
sealed interface Node {

    JsonPlace place();

    /// Compact, numbers as they were spelled.
    String json();

    /// A string.
    record Text(JsonPlace place, String value) implements Node {
        @Override
        public String json() {
            return Json.ofText(value).text();
        }
    }

    /// A number, or a boolean.
    record Scalar(JsonPlace place, String spelled) implements Node {
        @Override
        public String json() {
            return spelled;
        }
    }

    /// `null`
    record Nothing(JsonPlace place) implements Node {
        @Override
        public String json() {
            return "null";
        }
    }

    /// A list.
    record Items(JsonPlace place, List<Node> items) implements Node {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String json() {
            return items.stream().map(Node::json).collect(Collectors.joining(",", "[", "]"));
        }
    }

    /// An object.
    record Members(JsonPlace place, Map<String, Node> members) implements Node {
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public String json() {
            return members.entrySet().stream()
                    .map(member -> Json.ofText(member.getKey()).text() + ":"
                            + member.getValue().json())
                    .collect(Collectors.joining(",", "{", "}"));
        }

        /// Refuses every member but these.
        Members only(Set<String> known) throws Unfit {
            for (Map.Entry<String, Node> member : members.entrySet()) {
                if (!known.contains(member.getKey())) {
                    throw new Unfit(
                            member.getValue().place(),
                            "This member is not known here",
                            "Remove it; known are " + known.stream().sorted().collect(Collectors.joining(", ")));
                }
            }
            return this;
        }

        Optional<Node> optional(String name) {
            return Optional.ofNullable(members.get(name));
        }

        Node required(String name) throws Unfit {
            Node value = members.get(name);
            if (value == null) {
                throw new Unfit(place, "The member " + name + " is missing", "Add it");
            }
            return value;
        }
    }

    default Members object() throws Unfit {
        if (this instanceof Members members) {
            return members;
        }
        throw new Unfit(place(), "This is not an object", "Write {…}");
    }

    default String text() throws Unfit {
        if (this instanceof Text(JsonPlace _, String value)) {
            return value;
        }
        throw new Unfit(place(), "This is not a string", "Write \"…\"");
    }

    /// A string, number or boolean as text.
    default String scalar() throws Unfit {
        return switch (this) {
            case Text(JsonPlace _, String value) -> value;
            case Scalar(JsonPlace _, String spelled) -> spelled;
            case Nothing _, Items _, Members _ ->
                throw new Unfit(
                        place(), "Here stands neither a string nor a number nor a boolean", "Write a plain value");
        };
    }
}
