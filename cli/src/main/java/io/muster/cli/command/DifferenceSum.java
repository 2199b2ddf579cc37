package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.NumberFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Adds up what a server tells in pieces.
final class DifferenceSum {

    private static final List<String> COUNTS =
            List.of("attempts", "same", "flips", "moves", "otherwise", "untold", "drifted", "aside");
    private static final List<String> TABLES = List.of("byCode", "byHub", "byReason");
    private static final String COUNT = "count";

    private final int mostListed;
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final Map<String, Map<ObjectNode, Long>> tables = new LinkedHashMap<>();
    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();

    DifferenceSum(int mostListed) {
        this.mostListed = mostListed;
        COUNTS.forEach(name -> counts.put(name, 0L));
        TABLES.forEach(name -> tables.put(name, new LinkedHashMap<>()));
    }

    void add(JsonNode page) {
        counts.replaceAll((name, sum) -> sum + page.path(name).asLong());
        tables.forEach((name, sums) -> page.path(name).forEach(row -> {
            ObjectNode key = ((ObjectNode) row.deepCopy()).without(COUNT);
            sums.merge(key, row.path(COUNT).asLong(), Long::sum);
        }));
        page.path("items").forEach(item -> {
            if (items.size() < mostListed) {
                items.add(item);
            }
        });
    }

    long flips() {
        return counts.getOrDefault("flips", 0L);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("summary", summary());
        counts.forEach(json::put);
        tables.forEach((name, sums) -> {
            ArrayNode rows = json.putArray(name);
            sums.forEach((key, sum) -> rows.add(key.deepCopy().put(COUNT, sum)));
        });
        json.set("items", items);
        return json;
    }

    private String summary() {
        String told = "This flips " + number("flips") + " of " + number("attempts") + " attempts.";
        String moved =
                counts.getOrDefault("moves", 0L) == 0 ? "" : " " + number("moves") + " would move to another hub.";
        String untold = counts.getOrDefault("untold", 0L) == 0 ? "" : " Of " + number("untold") + " it cannot be told.";
        return told + moved + untold;
    }

    private String number(String name) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(counts.getOrDefault(name, 0L));
    }
}
