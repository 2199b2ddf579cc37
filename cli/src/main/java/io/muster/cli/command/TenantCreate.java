package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = "Create a tenant.",
        footer = {"", "Example:", "  muster tenant create acme --data ./data"})
final class TenantCreate implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "1 to 63 characters of a-z, 0-9 and hyphen.")
    private String name = "";

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    TenantCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode().put("name", name);
        return session.ask(server, api -> api.post("/tenants", body), TenantCreate::lines);
    }

    private static List<String> lines(JsonNode tenant) {
        String name = tenant.path("name").asText();
        return List.of(
                "Tenant " + name + " is there. Its devices send the ID scope "
                        + tenant.path("idScope").asText() + ".",
                "Next: muster hub create NAME --tenant " + name + " --region REGION --endpoint mqtts://HOST:8883");
    }
}
