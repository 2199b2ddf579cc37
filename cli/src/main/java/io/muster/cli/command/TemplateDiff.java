package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.ExitCode;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
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
            "Tell what a new template would make otherwise than the one that an enrollment has. Nothing is changed.",
            "Ends with exit code 8 where something would be different."
        },
        footer = {
            "",
            "Examples:",
            "  muster template diff --tenant acme --enrollment things --template new.json --parameters p.json --data ./data",
            "  muster template diff --tenant acme --enrollment things --template new.json --parameters p.json -o json"
        })
final class TemplateDiff implements Callable<Integer> {

    private static final Table DIFFERENCES =
            new Table(Column.at("WHAT", "/member"), Column.at("IS", "/before"), Column.at("WOULD BE", "/after"));

    @Option(names = "--enrollment", required = true, paramLabel = "NAME", description = "The enrollment.")
    private String enrollment = "";

    @Option(
            names = "--template",
            required = true,
            paramLabel = "FILE",
            converter = JsonFile.Reader.class,
            description = "The new template, in JSON.")
    private JsonFile template = new JsonFile(JsonNodeFactory.instance.objectNode());

    @Mixin
    private TemplateSampleOptions samples = new TemplateSampleOptions();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    TemplateDiff(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("enrollment", enrollment);
        body.set("template", template.object());
        body.set("samples", samples.all());
        Answer answer = session.answer(server, api -> api.post(tenant.path() + "/template/diff", body));
        if (!(answer instanceof Answer.Good(JsonNode difference))) {
            return session.sheet().problem(answer, server.format()).number();
        }
        ExitCode shown = session.show(server.shown(), difference, TemplateDiff::lines);
        boolean otherwise = difference.path("different").asInt() > 0;
        return (shown == ExitCode.OK && otherwise ? ExitCode.FLIPS : shown).number();
    }

    private static List<String> lines(JsonNode difference) {
        List<String> lines = new ArrayList<>();
        lines.add(difference.path("summary").asText());
        for (JsonNode item : difference.path("items")) {
            lines.add("");
            lines.add("Sample " + (item.path("sample").asInt() + 1) + ":");
            if (item.has("before")) {
                indented(lines, TemplateViews.fault("The present template fails", item.path("before")));
            }
            if (item.has("after")) {
                indented(lines, TemplateViews.fault("The new template fails", item.path("after")));
            }
            if (!item.path("differences").isEmpty()) {
                indented(lines, DIFFERENCES.lines(item.path("differences")));
            }
        }
        return lines;
    }

    private static void indented(List<String> lines, List<String> more) {
        more.forEach(line -> lines.add("  " + line));
    }
}
