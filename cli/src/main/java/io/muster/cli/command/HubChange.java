package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.wire.AdminApi;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "change",
        description = {
            "Change a hub's weight, or take it out and put it back.",
            "Devices on a hub that is taken out are placed anew when they enroll again."
        },
        footer = {
            "",
            "Examples:",
            "  muster hub change eu-1 --weight 0 --tenant acme --data ./data",
            "  muster hub change eu-1 --enabled false --tenant acme --data ./data"
        })
final class HubChange implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The hub's name.")
    private String name = "";

    @Option(names = "--weight", paramLabel = "N", description = "Its share of new devices, 0 to 1000.")
    private Optional<Integer> weight = Optional.empty();

    @Option(
            names = "--enabled",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether devices are placed on it.")
    private Optional<Boolean> enabled = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    HubChange(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode();
        weight.ifPresent(it -> body.put("weight", it));
        enabled.ifPresent(it -> body.put("enabled", it));
        return session.ask(
                server, api -> api.patch(tenant.path() + "/hubs/" + AdminApi.encoded(name), body), HubChange::lines);
    }

    private static List<String> lines(JsonNode hub) {
        return List.of("Hub " + hub.path("name").asText() + " has weight "
                + hub.path("weight").asText() + " and is "
                + (hub.path("enabled").asBoolean() ? "enabled." : "disabled: it takes no device."));
    }
}
