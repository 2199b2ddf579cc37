package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.page.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        description =
                "Create a certificate profile. What is not given is as in the profile device, which every tenant has.",
        footer = {
            "",
            "Examples:",
            "  muster profile create short --tenant acme --life 7d --algorithm p256 --data ./data",
            "  muster profile create gate --tenant acme --alternative-name dns:{registrationId}.example.com --data ./data"
        })
final class ProfileCreate implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "1 to 63 characters of a-z, 0-9 and hyphen.")
    private String name = "";

    @Mixin
    private ProfileOptions options = new ProfileOptions();

    @Mixin
    private TenantOption tenant = new TenantOption();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    ProfileCreate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (options.contradict()) {
            session.sheet().note("muster: Give --alternative-name or --no-alternative-names, not both.");
            session.sheet().note("  next: muster profile create --help shows examples.");
            return ExitCode.USAGE.number();
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
        options.into(body);
        return session.ask(server, api -> api.post(tenant.path() + "/certificate-profiles", body), this::lines);
    }

    private List<String> lines(JsonNode profile) {
        List<String> lines = new ArrayList<>();
        lines.add("Certificate profile " + profile.path("name").asText() + " is there.");
        CertificateViews.PROFILE.card(profile).forEach(line -> lines.add("  " + line));
        lines.add("Next: muster enrollment change NAME --tenant " + tenant.name() + " --certificate-profile "
                + profile.path("name").asText());
        return lines;
    }
}
