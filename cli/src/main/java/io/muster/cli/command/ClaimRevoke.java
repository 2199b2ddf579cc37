package io.muster.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "revoke",
        description = "Revoke a claim: nothing is created or registered with it from now on, on any node.",
        footer = {"", "Example:", "  muster claim revoke line-1 --tenant acme --data ./data"})
final class ClaimRevoke implements Callable<Integer> {

    @Mixin
    private ClaimTarget target = new ClaimTarget();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    ClaimRevoke(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server, api -> api.post(target.path() + "/revoke", MissingNode.getInstance()), ClaimRevoke::lines);
    }

    private static List<String> lines(JsonNode claim) {
        return List.of(
                "Claim " + claim.path("name").asText() + " is revoked.",
                "Devices that were registered with it stay: muster device list --enrollment "
                        + claim.path("enrollment").asText() + " --tenant "
                        + claim.path("tenant").asText());
    }
}
