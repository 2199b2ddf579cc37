package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.page.Format;
import io.muster.cli.page.Sheet;
import io.muster.cli.page.Table;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/// Options of every list: one page, the page after it, or all. All pages are shown while they arrive, so that a list
/// of a million items needs no more memory than a page.
final class Paging {

    private static final int LARGEST_PAGE = 1000;

    @Option(names = "--limit", paramLabel = "N", description = "Most items on a page, 1 to 1000; 100 if absent.")
    private int limit = 100;

    @Option(names = "--next", paramLabel = "CURSOR", description = "Show the page that begins at \"next\" of another.")
    private Optional<String> cursor = Optional.empty();

    @Option(names = "--all", description = "Show every item, page after page.")
    private boolean all;

    int list(Session session, ServerOptions options, String path, Map<String, String> filters, Table table) {
        Sheet sheet = session.sheet();
        Answer answer = session.answer(
                options,
                api -> all ? everything(api, path, filters, sheet, options.format(), table) : page(api, path, filters));
        if (answer instanceof Answer.Good(JsonNode body) && !all) {
            show(sheet, body, options.format(), table);
        }
        return sheet.problem(answer, options.format()).number();
    }

    private Answer page(AdminApi api, String path, Map<String, String> filters) {
        return api.get(path, query(filters, limit, cursor));
    }

    private static void show(Sheet sheet, JsonNode page, Format format, Table table) {
        switch (format) {
            case JSON -> sheet.json(page);
            case TABLE -> {
                sheet.lines(page.path("items").isEmpty() ? List.of("None.") : table.lines(page.path("items")));
                if (page.has("next")) {
                    sheet.note("There are more: add --next " + page.path("next").asText() + ", or --all.");
                }
            }
        }
    }

    private Answer everything(
            AdminApi api, String path, Map<String, String> filters, Sheet sheet, Format format, Table table) {
        var pages = new EveryPage(sheet, format, table);
        Optional<String> from = cursor;
        while (true) {
            Answer answer = api.get(path, query(filters, LARGEST_PAGE, from));
            if (!(answer instanceof Answer.Good(JsonNode page))) {
                return answer;
            }
            pages.add(page.path("items"));
            if (!page.has("next")) {
                pages.end();
                return answer;
            }
            from = Optional.of(page.path("next").asText());
        }
    }

    private static Map<String, String> query(Map<String, String> filters, int limit, Optional<String> cursor) {
        Map<String, String> query = new TreeMap<>(filters);
        query.put("limit", Integer.toString(limit));
        cursor.ifPresent(place -> query.put("cursor", place));
        return query;
    }
}
