package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description = {
            "Tell a sink again what happened since a moment, or everything.",
            "The events have the same ids as before. They begin some minutes before the moment."
        },
        footer = {
            "",
            "Examples:",
            "  muster sink replay events --from 2026-11-23T18:30:00Z --data ./data",
            "  muster sink replay events --from beginning --data ./data"
        })
final class SinkReplay implements Callable<Integer> {

    private static final String BEGINNING = "beginning";

    @Mixin
    private SinkTarget target = new SinkTarget();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "MOMENT",
            description = "This moment, in UTC, or beginning for everything.")
    private String from = BEGINNING;

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    SinkReplay(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (!from.equals(BEGINNING)) {
            body.put("from", from);
        }
        return session.ask(server, api -> api.post(target.path() + "/replay", body), SinkReplay::lines);
    }

    private static List<String> lines(JsonNode sink) {
        return List.of("Sink " + sink.path("name").asText() + " is told again: "
                + sink.path("lagEntries").asText() + " entries are before it.");
    }
}
