package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.story.Story;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "test",
        description = {
            "Tell what would become of a device, without effect: of a sample, or of an attempt that was recorded.",
            "Nothing is written, signed or burned. docs/policy.md says what a sample holds."
        },
        footer = {
            "",
            "Examples:",
            "  muster policy test --tenant acme --enrollment pumps --sample device.json --data ./data",
            "  muster policy test --tenant acme --attempt 0193a1f0-3c1e-7d52-8a55-0c6c9d1f7a10 --data ./data"
        })
final class PolicyTest implements Callable<Integer> {

    @Option(names = "--attempt", paramLabel = "ATTEMPT", description = "The number of an attempt.")
    private Optional<String> attempt = Optional.empty();

    @Option(names = "--enrollment", paramLabel = "NAME", description = "The enrollment that the sample comes to.")
    private Optional<String> enrollment = Optional.empty();

    @Option(
            names = "--sample",
            paramLabel = "FILE",
            converter = JsonFile.Reader.class,
            description = "JSON: {\"registrationId\": \"pump-1\", \"proof\": \"assumed\"}, for one.")
    private Optional<JsonFile> sample = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final Session session;
    private final Story story;

    PolicyTest(Session session, Story story) {
        this.session = session;
        this.story = story;
    }

    @Override
    public Integer call() {
        boolean thought = sample.isPresent() && enrollment.isPresent();
        boolean neither = sample.isEmpty() && enrollment.isEmpty();
        if (attempt.isPresent() ? !neither : !thought) {
            return session.sheet()
                    .misused(
                            "What to test is either an attempt, or a sample and the enrollment that it comes to.",
                            "muster policy test --help")
                    .number();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        attempt.ifPresent(it -> body.put("attempt", it));
        enrollment.ifPresent(it -> body.put("enrollment", it));
        sample.ifPresent(it -> body.set("sample", it.object()));
        return session.ask(server, api -> api.post(tenant.path() + "/policy/test", body), this::lines);
    }

    private List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        if (answer.has("recorded")) {
            JsonNode recorded = answer.path("recorded");
            lines.add("Recorded at " + recorded.path("at").asText() + ": "
                    + recorded.path("registrationId").asText() + " was "
                    + recorded.path("result").asText() + " ("
                    + recorded.path("code").asText() + ").");
            lines.add(
                    answer.path("repeatable").asBoolean()
                            ? "The version that decided it decides the same again."
                            : "The version that decided it decides otherwise by now: a hub, a profile or a rule is"
                                    + " another one. It would be " + outcome(answer.path("then")) + ".");
            lines.add("");
        }
        lines.addAll(story.foretell(answer.path("now")));
        return lines;
    }

    private static String outcome(JsonNode foretold) {
        return foretold.path("outcome").asText() + " (" + foretold.path("code").asText() + ")";
    }
}
