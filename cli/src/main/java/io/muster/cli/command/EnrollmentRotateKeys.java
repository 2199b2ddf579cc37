package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "rotate-keys",
        description = {
            "Make a new primary key. The primary key of until now becomes the secondary one and goes on working;",
            "the secondary key of until now is refused. Rotate twice to be rid of both."
        },
        footer = {"", "Example:", "  muster enrollment rotate-keys meters --tenant acme --data ./data"})
final class EnrollmentRotateKeys implements Callable<Integer> {

    @Mixin
    private EnrollmentTarget target = new EnrollmentTarget();

    @Mixin
    private SeenVersion seen = new SeenVersion();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    EnrollmentRotateKeys(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server,
                api -> seen.on(api).post(target.path() + "/keys/rotate", MissingNode.getInstance()),
                EnrollmentRotateKeys::lines);
    }

    private static List<String> lines(JsonNode rotated) {
        if (!rotated.has("primaryKey")) {
            return List.of("Enrollment " + rotated.path("enrollment").asText() + " would have a new primary key.");
        }
        return List.of(
                "Enrollment " + rotated.path("enrollment").asText() + " has a new primary key as of version "
                        + rotated.path("version").asText() + ", shown this once:",
                "  primary key  " + rotated.path("primaryKey").asText(),
                "The primary key of until now is the secondary one and goes on working.");
    }
}
