package io.muster.desk.dps.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/// What a query wants of an item. Texts are compared without case, as Azure compares ids.
public sealed interface Condition {

    boolean holds(JsonNode item);

    record Anything() implements Condition {
        @Override
        public boolean holds(JsonNode item) {
            return true;
        }
    }

    /// @param pointer into the item as it is shown; of a list any element counts
    record Is(String pointer, String value) implements Condition {
        @Override
        public boolean holds(JsonNode item) {
            JsonNode found = item.at(pointer);
            Stream<JsonNode> values = found.isArray() ? found.valueStream() : Stream.of(found);
            return values.anyMatch(it -> it.asText().equalsIgnoreCase(value));
        }
    }

    record Not(Condition condition) implements Condition {
        @Override
        public boolean holds(JsonNode item) {
            return !condition.holds(item);
        }
    }

    record All(List<Condition> conditions) implements Condition {
        public All {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean holds(JsonNode item) {
            return conditions.stream().allMatch(it -> it.holds(item));
        }
    }

    record Any(List<Condition> conditions) implements Condition {
        public Any {
            conditions = List.copyOf(conditions);
        }

        @Override
        public boolean holds(JsonNode item) {
            return conditions.stream().anyMatch(it -> it.holds(item));
        }
    }
}
