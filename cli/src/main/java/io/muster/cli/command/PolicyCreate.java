package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description = {
            "Keep a policy of AWS IoT under a name. Provisioning templates attach it by PolicyName, and a later change counts",
            "for every device that has it."
        },
        footer = {"", "Example:", "  muster policy create pumps-v1 --document policy.json --tenant acme --data ./data"})
final class PolicyCreate implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "1 to 128 characters of A-Z, a-z, 0-9 and _+=,.@-.")
    private String name = "";

    @Option(
            names = "--document",
            required = true,
            paramLabel = "FILE",
            converter = JsonFile.Reader.class,
            description = "A policy document of AWS IoT, in JSON.")
    private JsonFile document = new JsonFile(JsonNodeFactory.instance.objectNode());

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    PolicyCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode().put("name", name);
        body.set("document", document.object());
        return session.ask(server, api -> api.post(tenant.path() + "/aws-policies", body), PolicyCreate::lines);
    }

    private static List<String> lines(JsonNode policy) {
        String name = policy.path("name").asText();
        return List.of(
                "Policy " + name + " is there.",
                "A template attaches it with {\"Type\": \"AWS::IoT::Policy\", \"Properties\": {\"PolicyName\": \""
                        + name + "\"}}.");
    }
}
