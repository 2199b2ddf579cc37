package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// `enable` and `disable`: the same command but for what it sets.
final class EnrollmentSwitch implements Callable<Integer> {

    @Mixin
    private EnrollmentTarget target = new EnrollmentTarget();

    @Mixin
    private SeenVersion seen = new SeenVersion();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;
    private final boolean enable;

    EnrollmentSwitch(Session session, boolean enable) {
        this.session = session;
        this.enable = enable;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode().put("enabled", enable);
        return session.ask(server, api -> seen.on(api).patch(target.path(), body), EnrollmentSwitch::lines);
    }

    private static List<String> lines(JsonNode enrollment) {
        boolean enabled = enrollment.path("enabled").asBoolean();
        return List.of("Enrollment " + enrollment.path("name").asText() + " is " + (enabled ? "enabled" : "disabled")
                + " as of version " + enrollment.path("version").asText()
                + (enabled ? ": its devices may enroll." : ": no device of it enrolls from now on."));
    }
}
