package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.page.ExitCode;
import io.muster.cli.page.Format;
import io.muster.cli.page.Table;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Options of every list: one page, the page after it, all, or a page that is watched. All pages are shown while they
/// arrive, so that a list of a million items needs no more memory than a page; only a query needs all of it at once.
final class Paging {

    private static final int LARGEST_PAGE = 1000;
    private static final int MOST_GATHERED = 50_000;

    @Option(names = "--limit", paramLabel = "N", description = "Most items on a page, 1 to 1000; 100 if absent.")
    private int limit = 100;

    @Option(names = "--next", paramLabel = "CURSOR", description = "Show the page that begins at \"next\" of another.")
    private Optional<String> cursor = Optional.empty();

    @Option(names = "--all", description = "Show every item, page after page.")
    private boolean all;

    @Mixin
    private WatchOptions watch = new WatchOptions();

    int list(Session session, ServerOptions options, String path, Map<String, String> filters, Table table) {
        if (all && watch.on()) {
            return session.sheet()
                    .misused("--watch shows one page, --all every one.", "Leave one of them out; --limit goes to 1000.")
                    .number();
        }
        if (watch.on()) {
            return new Watch(session, options, body -> lines(body, table))
                    .run(api -> api.get(path, query(filters, limit, cursor)), watch.span())
                    .number();
        }
        if (all) {
            return options.query().isPresent()
                    ? gathered(session, options, path, filters)
                    : streamed(session, options, path, filters, table);
        }
        return page(session, options, path, filters, table);
    }

    private int page(Session session, ServerOptions options, String path, Map<String, String> filters, Table table) {
        Answer answer = session.answer(options, api -> api.get(path, query(filters, limit, cursor)));
        if (!(answer instanceof Answer.Good(JsonNode body))) {
            return session.sheet().problem(answer, options.format()).number();
        }
        ExitCode code = session.show(options.shown(), body, page -> lines(page, table));
        if (code == ExitCode.OK
                && options.format() == Format.TABLE
                && options.query().isEmpty()
                && body.has("next")) {
            session.sheet()
                    .note("There are more: add --next " + body.path("next").asText() + ", or --all.");
        }
        return code.number();
    }

    private int streamed(
            Session session, ServerOptions options, String path, Map<String, String> filters, Table table) {
        var pages = new EveryPage(session.sheet(), options.format(), table);
        Answer answer = session.answer(options, api -> walk(api, path, filters, pages::add));
        if (answer instanceof Answer.Good) {
            pages.end();
        }
        return session.sheet().problem(answer, options.format()).number();
    }

    private int gathered(Session session, ServerOptions options, String path, Map<String, String> filters) {
        var document = JsonNodeFactory.instance.objectNode();
        ArrayNode items = document.putArray("items");
        Answer answer = session.answer(
                options,
                api -> walk(api, path, filters, page -> {
                    page.forEach(items::add);
                    return items.size() <= MOST_GATHERED;
                }));
        if (!(answer instanceof Answer.Good)) {
            return session.sheet().problem(answer, options.format()).number();
        }
        if (items.size() > MOST_GATHERED) {
            return session.sheet()
                    .misused(
                            "--query with --all looks at 50,000 items at most, and there are more.",
                            "Narrow the list by its filters, or take -o json without --query and pick from that.")
                    .number();
        }
        return session.show(options.shown(), document, _ -> List.of()).number();
    }

    /// @param wanted takes the items of a page, and says whether to go on
    private Answer walk(AdminApi api, String path, Map<String, String> filters, Predicate<JsonNode> wanted) {
        Optional<String> from = cursor;
        while (true) {
            Answer answer = api.get(path, query(filters, LARGEST_PAGE, from));
            if (!(answer instanceof Answer.Good(JsonNode page))
                    || !wanted.test(page.path("items"))
                    || !page.has("next")) {
                return answer;
            }
            from = Optional.of(page.path("next").asText());
        }
    }

    private static List<String> lines(JsonNode page, Table table) {
        return page.path("items").isEmpty() ? List.of("None.") : table.lines(page.path("items"));
    }

    private static Map<String, String> query(Map<String, String> filters, int limit, Optional<String> cursor) {
        Map<String, String> query = new TreeMap<>(filters);
        query.put("limit", Integer.toString(limit));
        cursor.ifPresent(place -> query.put("cursor", place));
        return query;
    }
}
