package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Pauses a sink, or resumes it.
@Command
final class SinkSwitch implements Callable<Integer> {

    @Mixin
    private SinkTarget target = new SinkTarget();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;
    private final boolean pause;

    SinkSwitch(Session session, boolean pause) {
        this.session = session;
        this.pause = pause;
    }

    @Override
    public Integer call() {
        String verb = pause ? "/pause" : "/resume";
        return session.ask(server, api -> api.post(target.path() + verb, MissingNode.getInstance()), SinkSwitch::lines);
    }

    private static List<String> lines(JsonNode sink) {
        String name = sink.path("name").asText();
        return List.of(
                sink.path("paused").asBoolean()
                        ? "Sink " + name + " is paused: it is told nothing until you resume it, and misses nothing."
                        : "Sink " + name + " is told what happens, from where it stood.");
    }
}
