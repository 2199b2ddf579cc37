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
        name = "change",
        aliases = "update",
        description = {
            "Put another document in the place of a policy's. It counts for every device that has the policy attached, from",
            "its next connection."
        },
        footer = {
            "",
            "Examples:",
            "  muster policy change pumps-v1 --document new.json --tenant acme --data ./data",
            "  muster policy change pumps-v1 --document new.json --if-version 3 --tenant acme --data ./data"
        })
final class PolicyChange implements Callable<Integer> {

    @Mixin
    private AwsPolicyTarget target = new AwsPolicyTarget();

    @Option(
            names = "--document",
            required = true,
            paramLabel = "FILE",
            converter = JsonFile.Reader.class,
            description = "The new policy document of AWS IoT, in JSON.")
    private JsonFile document = new JsonFile(JsonNodeFactory.instance.objectNode());

    @Mixin
    private SeenVersion seen = new SeenVersion();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    PolicyChange(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("document", document.object());
        return session.ask(server, api -> seen.on(api).patch(target.path(), body), PolicyChange::lines);
    }

    private static List<String> lines(JsonNode policy) {
        return List.of("Policy " + policy.path("name").asText() + " is at version "
                + policy.path("version").asText()
                + ": it counts for every device that has it, from its next connection.");
    }
}
