package io.muster.cli.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Table.Column;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/// Shows a value of which nobody knows beforehand what it looks like: a list of objects as a table under their own
/// names, plain values one a line, as a shell reads them.
public final class Loose {

    private Loose() {}

    public static List<String> lines(JsonNode value) {
        if (value.isObject()) {
            return named(List.of(value), name -> name).card(value);
        }
        if (!value.isArray()) {
            return value.isNull() || value.isMissingNode() ? List.of("None.") : List.of(cell(value));
        }
        if (value.isEmpty()) {
            return List.of("None.");
        }
        return list(StreamSupport.stream(value.spliterator(), false).toList());
    }

    private static List<String> list(List<JsonNode> items) {
        if (items.stream().allMatch(JsonNode::isObject)) {
            return named(items, Loose::title).lines(items);
        }
        if (items.stream().allMatch(JsonNode::isArray)) {
            List<String> lines = numbered(items).lines(items);
            return lines.subList(1, lines.size());
        }
        return items.stream().map(Loose::cell).toList();
    }

    private static Table named(List<JsonNode> items, UnaryOperator<String> title) {
        Set<String> names = new LinkedHashSet<>();
        items.forEach(item -> item.fieldNames().forEachRemaining(names::add));
        return new Table(names.stream()
                .map(name -> new Column(Harmless.text(title.apply(name)), item -> cell(item.path(name))))
                .toArray(Column[]::new));
    }

    private static Table numbered(List<JsonNode> items) {
        int width = items.stream().mapToInt(JsonNode::size).max().orElse(0);
        return new Table(IntStream.range(0, width)
                .mapToObj(place -> new Column("", item -> cell(item.path(place))))
                .toArray(Column[]::new));
    }

    /// `assignedHub` as ASSIGNED HUB, like the titles of other tables.
    private static String title(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toUpperCase(Locale.ROOT);
    }

    private static String cell(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return value.isContainerNode() ? value.toString() : value.asText();
    }
}
