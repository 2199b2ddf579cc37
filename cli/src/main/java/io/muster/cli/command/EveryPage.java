package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Format;
import io.muster.cli.page.Sheet;
import io.muster.cli.page.Table;
import java.util.List;

/// A whole list, written page by page: as one JSON document with one item a line, one YAML document, or one table.
final class EveryPage {

    private final Sheet sheet;
    private final Format format;
    private final Table table;
    private boolean begun;

    EveryPage(Sheet sheet, Format format, Table table) {
        this.sheet = sheet;
        this.format = format;
        this.table = table;
    }

    /// Shows a page, and says whether somebody still reads.
    boolean add(JsonNode items) {
        if (items.isEmpty()) {
            return true;
        }
        switch (format) {
            case JSON -> addJson(items);
            case YAML -> sheet.part((begun ? "" : "items:\n") + sheet.block(items));
            case TABLE -> {
                List<String> lines = table.lines(items);
                sheet.lines(begun ? lines.subList(1, lines.size()) : lines);
            }
        }
        begun = true;
        return !sheet.abandoned();
    }

    void end() {
        switch (format) {
            case JSON -> sheet.part(begun ? "\n]}\n" : "{\"items\":[]}\n");
            case YAML -> sheet.part(begun ? "" : "items: []\n");
            case TABLE -> {
                if (!begun) {
                    sheet.lines(List.of("None."));
                }
            }
        }
    }

    private void addJson(JsonNode items) {
        StringBuilder text = new StringBuilder();
        boolean first = !begun;
        for (JsonNode item : items) {
            text.append(first ? "{\"items\":[\n" : ",\n").append(sheet.line(item));
            first = false;
        }
        sheet.part(text.toString());
    }
}
