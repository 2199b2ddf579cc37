package io.muster.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "delete",
        description = {
            "Delete a policy of AWS IoT that has a name. One that the template of an enrollment names stays.",
            "Devices that have it attached all the same are not let in until there is one of that name again."
        },
        footer = {"", "Example:", "  muster policy delete pumps-v1 --tenant acme --data ./data"})
final class PolicyDelete implements Callable<Integer> {

    @Mixin
    private AwsPolicyTarget target = new AwsPolicyTarget();

    @Mixin
    private SeenVersion seen = new SeenVersion();

    @Mixin
    private ChangeOptions server = new ChangeOptions();

    private final Session session;

    PolicyDelete(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.ask(
                server,
                api -> seen.on(api).delete(target.path()),
                policy -> List.of("Policy " + policy.path("name").asText() + " is deleted."));
    }
}
