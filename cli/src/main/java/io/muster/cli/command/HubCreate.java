package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = "Create a hub, and its region where that does not exist.",
        footer = {
            "",
            "Example:",
            "  muster hub create eu-1 --tenant acme --region eu --endpoint mqtts://eu-1.example.com:8883 --data ./data"
        })
final class HubCreate implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "1 to 63 characters of a-z, 0-9 and hyphen.")
    private String name = "";

    @Option(names = "--region", paramLabel = "REGION", required = true, description = "The region it is in.")
    private String region = "";

    @Option(
            names = "--endpoint",
            paramLabel = "URI",
            required = true,
            description = "Where devices connect: mqtts, amqps, https, wss or mqtt://host[:port]. "
                    + "The host is what devices are told as assignedHub.")
    private String endpoint = "";

    @Option(
            names = "--weight",
            paramLabel = "N",
            description = "Its share of devices under hashed allocation, 0 to 1000; 1 if absent.")
    private Optional<Integer> weight = Optional.empty();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    HubCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("name", name).put("region", region).put("endpoint", endpoint);
        weight.ifPresent(share -> body.put("weight", share));
        return session.ask(server, api -> api.post(tenant.path() + "/hubs", body), this::lines);
    }

    private List<String> lines(JsonNode hub) {
        return List.of(
                "Hub " + hub.path("name").asText() + " is there, in region "
                        + hub.path("region").asText() + ". Its devices are told "
                        + hub.path("assignedHub").asText() + ".",
                "Next: muster enrollment create NAME --tenant " + tenant.name() + " --x509-ca FILE --hub "
                        + hub.path("name").asText());
    }
}
