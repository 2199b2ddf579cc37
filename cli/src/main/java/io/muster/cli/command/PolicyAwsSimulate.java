package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.Harmless;
import io.muster.cli.page.Table;
import io.muster.cli.page.Table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "aws-simulate",
        description = {
            "Tell whether AWS policies let a device do something, and by which statement. Nothing comes of it.",
            "They are those that a template gave to a device, or a document in a file."
        },
        footer = {
            "",
            "Examples:",
            "  muster policy aws-simulate --device pump-1 --action publish --topic t/x --tenant acme --data ./data",
            "  muster policy aws-simulate --document policy.json --action connect --client-id pump-1 --tenant acme"
        })
final class PolicyAwsSimulate implements Callable<Integer> {

    private static final Table STATEMENTS = new Table(
            new Column("POLICY", item -> item.path(item.has("name") ? "name" : "policy")
                    .asText()),
            Column.at("STATEMENT", "/statement"),
            Column.at("SID", "/sid"),
            Column.at("EFFECT", "/effect"),
            Column.at("APPLIES", "/applies"),
            new Column("WHY", item -> item.path("words").asText().replaceFirst("^.*?(allows|denies): ", "")));

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "Its registration id or its outward device id (AWS: thing name).")
    private Optional<String> device = Optional.empty();

    @Option(
            names = "--document",
            paramLabel = "FILE",
            converter = JsonFile.Reader.class,
            description = "A policy document of AWS IoT, in JSON.")
    private Optional<JsonFile> document = Optional.empty();

    @Option(
            names = "--action",
            required = true,
            paramLabel = "ACTION",
            description = "connect, publish, retainPublish, subscribe or receive.")
    private String action = "";

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "The topic; for subscribe the filter; not with connect.")
    private Optional<String> topic = Optional.empty();

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "The client id of the connection; the device's own name if absent.")
    private Optional<String> clientId = Optional.empty();

    @Option(names = "--source", paramLabel = "ADDRESS", description = "The address that it comes from.")
    private Optional<String> source = Optional.empty();

    @Option(
            names = "--subject",
            paramLabel = "PART=VALUE",
            description = "A part of its certificate's subject, such as CommonName=pump-1; may be repeated.")
    private Map<String, String> subject = new LinkedHashMap<>();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;

    PolicyAwsSimulate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (device.isPresent() == document.isPresent()) {
            return session.sheet()
                    .misused("Give either --device or --document.", "muster policy aws-simulate --help")
                    .number();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        device.ifPresent(it -> body.put("device", it));
        document.ifPresent(it -> body.set("document", it.object()));
        body.put("action", action);
        topic.ifPresent(it -> body.put("topic", it));
        clientId.ifPresent(it -> body.put("clientId", it));
        source.ifPresent(it -> body.put("source", it));
        if (!subject.isEmpty()) {
            ObjectNode parts = body.putObject("subject");
            subject.forEach(parts::put);
        }
        return session.ask(
                server, api -> api.post(tenant.path() + "/policy/aws-simulate", body), PolicyAwsSimulate::lines);
    }

    private static List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        lines.add(Harmless.text(answer.path("action").asText() + " on "
                + answer.path("resource").asText() + ": "
                + answer.path("summary").asText()));
        lines.add("");
        lines.addAll(STATEMENTS.lines(answer.path("statements")));
        lines.add("");
        lines.add("The policies' variables stood for:");
        answer.path("variables")
                .properties()
                .forEach(it -> lines.add(
                        Harmless.text("  " + it.getKey() + " = " + it.getValue().asText())));
        return lines;
    }
}
