package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.ExitCode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import io.muster.cli.wire.AdminApi;
import io.muster.cli.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "diff",
        description = {
            "Tell what a change of an enrollment would have made of the attempts that it decided. Nothing is changed.",
            "Ends with exit code 8 where attempts would flip."
        },
        footer = {
            "",
            "Examples:",
            "  muster policy diff --tenant acme --enrollment pumps --change new.json --since 7d --data ./data",
            "  echo '{\"enabled\": false}' > off.json",
            "  muster policy diff --tenant acme --enrollment pumps --change off.json -o json --data ./data"
        })
final class PolicyDiff implements Callable<Integer> {

    private static final Table CODES =
            new Table(Column.at("IS", "/from"), Column.at("WOULD BE", "/to"), Column.at("ATTEMPTS", "/count"));

    private static final Table REASONS = new Table(Column.at("ATTEMPTS", "/count"), Column.at("WHY", "/why"));

    private static final Table LIST = new Table(
            Column.at("WHEN", "/at"),
            Column.at("DEVICE", "/registrationId"),
            new Column("IS", item -> outcome(item.path("from"))),
            new Column("WOULD BE", item -> outcome(item.path("to"))),
            Column.at("ATTEMPT", "/attemptId"));

    @Option(names = "--enrollment", required = true, paramLabel = "NAME", description = "The enrollment.")
    private String enrollment = "";

    @Option(
            names = "--change",
            required = true,
            paramLabel = "FILE",
            converter = JsonFile.Reader.class,
            description = "JSON with what would change, as the admin API takes it for a change of an enrollment.")
    private JsonFile change = new JsonFile(JsonNodeFactory.instance.objectNode());

    @Option(
            names = "--since",
            paramLabel = "SPAN",
            converter = Span.Reader.class,
            description = "How far back to look, such as 7d or 12h; 7d if absent.")
    private Span since = new Span("P7D");

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Most flips and moves that are listed one by one, 0 to 1000; 100 if absent.")
    private int limit = 100;

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    PolicyDiff(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        DifferenceSum sum = new DifferenceSum(limit);
        int exit = session.ask(server, api -> all(api, sum), this::lines);
        return exit == ExitCode.OK.number() && sum.flips() > 0 ? ExitCode.FLIPS.number() : exit;
    }

    private Answer all(AdminApi api, DifferenceSum sum) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("enrollment", enrollment).put("last", since.iso()).put("limit", limit);
        body.set("change", change.object());
        while (true) {
            Answer answer = api.post(tenant.path() + "/policy/diff", body);
            if (!(answer instanceof Answer.Good(JsonNode page))) {
                return answer;
            }
            sum.add(page);
            if (!page.has("next")) {
                return new Answer.Good(sum.json());
            }
            body.put("cursor", page.path("next").asText());
        }
    }

    private List<String> lines(JsonNode difference) {
        List<String> lines = new ArrayList<>();
        lines.add(difference.path("summary").asText());
        table(lines, "Flips:", CODES, difference.path("byCode"));
        table(lines, "Moves between hubs:", CODES, difference.path("byHub"));
        table(lines, "Cannot be told:", REASONS, difference.path("byReason"));
        int changed =
                difference.path("flips").asInt() + difference.path("moves").asInt();
        int listed = difference.path("items").size();
        table(
                lines,
                listed == changed ? "One by one:" : "One by one, the first " + listed + " of " + changed + ":",
                LIST,
                difference.path("items"));
        if (difference.path("drifted").asLong() > 0) {
            lines.add("");
            lines.add(
                    difference.path("drifted").asText() + " attempts are decided otherwise by now than they were then,"
                            + " without the change: muster policy test --attempt tells each.");
        }
        return lines;
    }

    private static void table(List<String> lines, String title, Table table, JsonNode items) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add(title);
            table.lines(items).forEach(line -> lines.add("  " + line));
        }
    }

    private static String outcome(JsonNode decided) {
        String hub = decided.path("hub").asText();
        return decided.path("code").asText() + (hub.isEmpty() ? "" : " on " + hub);
    }
}
