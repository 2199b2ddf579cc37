package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "decommission",
        description = {
            "Take a device out of service for good: its names and every key that it ever had are blocked, its",
            "certificates are revoked. No enrollment lets it in again. It cannot be undone."
        },
        footer = {
            "",
            "Example:",
            "  muster device decommission pump-1 --reason scrapped --yes --tenant acme --data ./data"
        })
final class DeviceDecommission implements Callable<Integer> {

    @Mixin
    private DeviceTarget target = new DeviceTarget();

    @Option(names = "--reason", required = true, paramLabel = "WHY", description = "Why, for the audit.")
    private String reason = "";

    @Option(names = "--yes", description = "You know that it cannot be undone.")
    private boolean yes;

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    DeviceDecommission(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!yes) {
            return session.sheet()
                    .misused(
                            "Decommissioning " + target.device() + " cannot be undone.",
                            "Add --yes if you mean it; to keep it out for a while, use: muster device quarantine")
                    .number();
        }
        var body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        return session.ask(server, api -> api.post(target.path() + "/decommission", body), DeviceDecommission::lines);
    }

    private static List<String> lines(JsonNode device) {
        return List.of("Device " + device.path("registrationId").asText()
                + " is decommissioned: its names and keys are blocked, its certificates revoked.");
    }
}
