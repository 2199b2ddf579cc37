package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Puts a device in quarantine, or releases it.
@Command
final class DeviceTaking implements Callable<Integer> {

    @Mixin
    private DeviceTarget target = new DeviceTarget();

    @Option(names = "--reason", required = true, paramLabel = "WHY", description = "Why, for the audit.")
    private String reason = "";

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;
    private final boolean away;

    DeviceTaking(Session session, boolean away) {
        this.session = session;
        this.away = away;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        String verb = away ? "/quarantine" : "/release";
        return session.ask(server, api -> api.post(target.path() + verb, body), DeviceTaking::lines);
    }

    private static List<String> lines(JsonNode device) {
        String name = device.path("registrationId").asText();
        String version = device.path("version").asText();
        return List.of(
                device.path("state").asText().equals("quarantined")
                        ? "Device " + name + " is in quarantine as of version " + version
                                + ": every door refuses it until you release it."
                        : "Device " + name + " may come in again as of version " + version + ".");
    }
}
