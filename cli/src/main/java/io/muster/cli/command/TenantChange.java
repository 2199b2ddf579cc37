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
            "Enable or disable a tenant; say what else holds for it.",
            "Readings of its audit may be entries of it; its enrollments may have to trust verified anchors."
        },
        footer = {"", "Example:", "  muster tenant change acme --audit-reads true --data ./data"})
final class TenantChange implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "The tenant's name.")
    private String name = "";

    @Option(
            names = "--enabled",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether its devices may come in.")
    private Optional<Boolean> enabled = Optional.empty();

    @Option(
            names = "--audit-reads",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether reading its audit is an entry of it.")
    private Optional<Boolean> auditReads = Optional.empty();

    @Option(
            names = "--verified-anchors",
            arity = "1",
            paramLabel = "true|false",
            description = "Whether enrollments may come to trust verified anchors alone; what they trust stays.")
    private Optional<Boolean> verifiedAnchors = Optional.empty();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    TenantChange(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode();
        enabled.ifPresent(it -> body.put("enabled", it));
        auditReads.ifPresent(it -> body.put("auditReads", it));
        verifiedAnchors.ifPresent(it -> body.put("verifiedAnchors", it));
        return session.ask(server, api -> api.patch("/tenants/" + AdminApi.encoded(name), body), TenantChange::lines);
    }

    private static List<String> lines(JsonNode tenant) {
        return List.of("Tenant " + tenant.path("name").asText() + " is "
                + (tenant.path("enabled").asBoolean() ? "enabled" : "disabled") + "; readings of its audit are "
                + (tenant.path("auditReads").asBoolean() ? "entries of it" : "not recorded")
                + (tenant.path("verifiedAnchors").asBoolean()
                        ? "; its enrollments may come to trust verified anchors alone."
                        : "."));
    }
}
