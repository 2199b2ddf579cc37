package io.muster.cli.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A list in columns. Each cell is harmless for a terminal.
public final class Table {

    /// @param cell shows one item in this column
    public record Column(String title, Function<JsonNode, String> cell) {

        /// A column that shows the value at a JSON pointer.
        public static Column at(String title, String pointer) {
            return new Column(title, item -> item.at(pointer).asText());
        }
    }

    private final List<Column> columns;

    public Table(Column... columns) {
        this.columns = List.of(columns);
    }

    /// The lines of the table, with its titles.
    public List<String> lines(Iterable<JsonNode> items) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::title).toList());
        items.forEach(item -> rows.add(row(item)));
        List<Integer> widths = widths(rows);
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /// One item, a line for each column.
    public List<String> card(JsonNode item) {
        int width = columns.stream()
                .mapToInt(column -> column.title().length())
                .max()
                .orElse(0);
        List<String> row = row(item);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (!row.get(i).isEmpty()) {
                lines.add(padded(columns.get(i).title(), width) + "  " + row.get(i));
            }
        }
        return lines;
    }

    private List<String> row(JsonNode item) {
        return columns.stream()
                .map(column -> Harmless.text(column.cell().apply(item)))
                .toList();
    }

    private List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int column = i;
            widths.add(
                    rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0));
        }
        return widths;
    }

    private static String line(List<String> row, List<Integer> widths) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cells.add(padded(row.get(i), widths.get(i)));
        }
        return cells.stream().collect(Collectors.joining("  ")).stripTrailing();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - length(text)));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
